/** The shapes of a provider's resources. */
export interface Shapes {
  readonly provider: Block;
  /** By type, such as google_pubsub_topic. */
  readonly resources: ReadonlyMap<string, Block>;
  readonly dataSources: ReadonlyMap<string, Block>;
}

export interface Block {
  attributes: Attribute[];
  blocks: InnerBlock[];
}

export interface Attribute {
  readonly name: string;
  /** As Terraform writes types in JSON; or there is `nested`. */
  readonly type?: Type;
  readonly nested?: Block;
  readonly nesting?: Nesting;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly writeOnly?: boolean;
}

export interface InnerBlock {
  readonly name: string;
  readonly block: Block;
  readonly min: number;
  /** 0: any number. */
  readonly max: number;
}

export type Type = "string" | "number" | "bool" | "dynamic" | readonly ["list" | "map", Type];
export type Nesting = "single" | "list" | "map";

/** How a provider has arguments with arguments of their own. */
export type Nested = "blocks" | "attributes";

/** What is read of a CDK package's description (jsii). */
export interface JsiiType {
  readonly kind: string;
  readonly name: string;
  readonly interfaces?: readonly string[];
  readonly properties?: readonly JsiiProperty[];
}

export interface JsiiProperty {
  readonly name: string;
  readonly type: JsiiReference;
  readonly optional?: boolean;
  readonly static?: boolean;
  readonly docs?: { readonly remarks?: string };
}

export interface JsiiReference {
  readonly primitive?: string;
  readonly fqn?: string;
  readonly collection?: { readonly kind: "array" | "map"; readonly elementtype: JsiiReference };
  readonly union?: { readonly types: readonly JsiiReference[] };
}

export interface LoadedPackage {
  readonly types: Readonly<Record<string, JsiiType>>;
  /** Full names of the arguments' types, by `resources google_pubsub_topic`. */
  readonly configs: ReadonlyMap<string, string>;
}
