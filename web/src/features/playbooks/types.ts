import type { Schemas } from "@/shared/api/client";

export type Playbook = Schemas["PlaybookOut"];
export type Version = Schemas["PlaybookVersionOut"];
export type Kinds = Schemas["FlowKindsOut"];
export type Kind = Schemas["FlowKindOut"];
export type FlowField = Schemas["FlowFieldOut"];
export type Choice = Schemas["ChoiceOut"];
export type Simulation = Schemas["SimulationOut"];
export type NodeCounts = Schemas["NodeCountsOut"];
export type Enrolment = Schemas["EnrolmentOut"];
export type Stay = Schemas["StayOut"];
export type Ready = Schemas["ReadyOut"];
export type Fault = Schemas["Fault"];
export type PlaybookKind = Playbook["kind"];

export const KINDS: readonly PlaybookKind[] = ["winback", "care", "recall"];
