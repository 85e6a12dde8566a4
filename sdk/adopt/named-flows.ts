import type { FlowDocument } from "../../provider/api/types";
import type { EarlierNames } from "./earlier-names";
import { argumentsOf } from "./flow-arguments";
import type { NamedFlow, NamedSecret } from "./flow-statement";
import { camel, identifier, kebab, uniqueNames, wordsOf } from "./names";
import type { ImportPlan } from "./plan";
import { propertyPath, type SecretValue } from "./secrets";

/** The flows of a plan with the names that they have in the program. Pure. */
export function namedFlows(
  { flows }: ImportPlan,
  earlier: EarlierNames,
  layout: ReadonlyMap<string, string>,
): NamedFlow[] {
  const resources = uniqueNames(
    flows.map((flow) => ({ ...ageOf(flow), wanted: kebab(nameOf(flow) ?? "") })),
    { fallback: "flow", separator: "-", earlier: earlier.resources },
  );
  const resourceName = ({ _id: id }: FlowDocument): string => resources.get(id) ?? id;
  const variables = uniqueNames(
    flows.map((flow) => ({ ...ageOf(flow), wanted: identifier(resourceName(flow), "Flow") })),
    { fallback: "flow", separator: "" },
  );
  const named = flows.map((flow) => ({ flow, arguments: argumentsOf(flow, resourceName(flow)) }));
  const wanted = named.flatMap(({ flow, arguments: { secrets } }) =>
    secrets.map((secret) => ({
      id: secretId(flow, secret),
      wanted: camel([
        ...wordsOf(resourceName(flow)),
        ...secret.path.flatMap((step) => wordsOf(humps(String(step)))),
      ]),
    })),
  );
  const keys = uniqueNames(wanted, { fallback: "secret", separator: "" });
  return named.map(({ flow, arguments: found }) => ({
    id: flow._id,
    name: nameOf(flow),
    resourceName: resourceName(flow),
    variable: variables.get(flow._id) ?? "",
    file: layout.get(flow._id) ?? "",
    document: flow,
    arguments: found,
    secrets: found.secrets.map((secret): NamedSecret => ({
      secret,
      key: keys.get(secretId(flow, secret)) ?? "",
      path: propertyPath(secret.path),
    })),
  }));
}

function nameOf({ name }: FlowDocument): string | undefined {
  return typeof name === "string" ? name : undefined;
}

function ageOf({ _id: id, createdAt }: FlowDocument): {
  readonly id: string;
  readonly createdAt: string | undefined;
} {
  return { id, createdAt: typeof createdAt === "string" ? createdAt : undefined };
}

function secretId({ _id }: FlowDocument, { path }: SecretValue): string {
  return `${_id} ${JSON.stringify(path)}`;
}

/** `apiKey` as two words. */
function humps(text: string): string {
  return text.replaceAll(/(\p{Ll}|\p{Nd})(?=\p{Lu})/gu, "$1 ");
}
