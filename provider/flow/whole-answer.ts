import type { FlowBody, FlowDocument } from "../api/types";
import { fieldByWire } from "./convert";
import { FLOW } from "./fields";
import { saidNames } from "./state";

/**
 * Whether a service's answer to a write shows the flow, and not only that it was written: it has every known field that was
 * sent and says something. One that the service dropped looks the same, so the flow is read before that is believed
 * (`api-facts.md` 6 #16); a group is lost in every move and tells nothing (6 #18). Pure.
 *
 * @param body - what was sent, in API names
 */
export function isWhole(answer: FlowDocument, body: FlowBody): boolean {
  return saidNames(body).every(
    (wire) =>
      answer[wire] !== undefined ||
      wire === "_flowGroupingId" ||
      fieldByWire(FLOW, wire) === undefined,
  );
}
