import { type Field, ID, type ObjectShape, reference, same, TEXT } from "../flow/shape";

/*
 * Which members of answers other than flows are references: renamed like those of a flow (`provider/flow/fields.ts`), and
 * nothing else is. Sources: `api-facts.md` 1.9, 1.10, 2.2 to 2.5.
 */

const OWN_ID: Readonly<Record<string, Field>> = { id: { wire: "_id", shape: ID } };

/** An export, import, connection or integration. */
export const DOCUMENT: ObjectShape = {
  kind: "object",
  fields: {
    ...OWN_ID,
    ...same("name", TEXT),
    ...reference("integrationId"),
    ...reference("connectionId"),
    ...reference("connectorId"),
    ...reference("templateId"),
    ...reference("sourceId"),
    ...reference("parentId"),
    ...reference("agentId"),
  },
};

/** A job of a flow or of one of its steps. */
export const JOB: ObjectShape = {
  kind: "object",
  fields: {
    ...OWN_ID,
    ...reference("flowId"),
    ...reference("exportId"),
    ...reference("importId"),
    ...reference("integrationId"),
    ...reference("flowJobId"),
    ...reference("bulkJobId"),
    ...reference("userId"),
  },
};

/** An entry of an audit log. Old and new values are free documents. */
export const AUDIT_ENTRY: ObjectShape = {
  kind: "object",
  fields: {
    ...OWN_ID,
    ...reference("resourceId"),
    byUser: { wire: "byUser", shape: { kind: "object", fields: OWN_ID } },
  },
};
