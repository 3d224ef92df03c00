/** `host:port` of each host that is exempt from the rules, as `IN_FETCH_ALLOW` names them. */
export type AllowedHosts = ReadonlySet<string>;

const MAX_LENGTH = 2048;
const PORTS = new Set(["", "443", "8443"]);
/** Names that lead to the network at hand, or nowhere (RFC 6761, 6762, 8375, ICANN on `.internal`). */
const LOCAL_SUFFIXES =
  /(^|\.)(localhost|localdomain|local|internal|intranet|private|corp|home|lan|arpa|test|invalid)$/;

/**
 * Why nothing is sent to an address, as text that goes on after `url`; undefined: it may be.
 *
 * A Worker cannot resolve a name before it connects, so this judges what is written. Cloudflare itself
 * refuses names that resolve to private addresses; elsewhere the network service does (build/workerd-config.js).
 */
export function refusalOf(text: string, allowed: AllowedHosts): string | undefined {
  const url = URL.parse(text);
  if (url === null || text.length > MAX_LENGTH || !/^https?:\/\/[^\s\\\p{Cc}]+$/iu.test(text)) {
    return `must be an absolute https URL of at most ${MAX_LENGTH} characters`;
  }
  if (url.username !== "" || url.password !== "") {
    return "must not contain a user name or password";
  }
  if (url.hash !== "") {
    return "must not contain a fragment";
  }
  if (allowed.has(hostAndPort(url))) {
    return undefined;
  }
  if (url.protocol !== "https:") {
    return "must be https";
  }
  if (!PORTS.has(url.port)) {
    return "must have port 443 or 8443";
  }
  return isPublicName(url.hostname) ? undefined : "must have a public host name";
}

/** Never an address: URLs of addresses are not fetched on Cloudflare, and hardly have certificates. */
function isPublicName(hostname: string): boolean {
  const name = hostname.replace(/\.$/, "");
  const isAddress = name.startsWith("[") || /^[\d.]+$/.test(name);
  return !isAddress && name.includes(".") && !LOCAL_SUFFIXES.test(name);
}

function hostAndPort(url: URL): string {
  const port = url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port;
  return `${url.hostname}:${port}`;
}

/** The setting's `host:port,…`; undefined where one is none. */
export function parseAllowedHosts(setting: string): AllowedHosts | undefined {
  const hosts = setting
    .split(",")
    .map((host) => host.trim())
    .filter((host) => host !== "");
  const canonical = hosts.map((host) => {
    const url = /^[^/@?#\s]+:\d{1,5}$/.test(host) ? URL.parse(`http://${host}`) : null;
    return url === null ? undefined : hostAndPort(url);
  });
  return canonical.includes(undefined)
    ? undefined
    : new Set(canonical.filter((host) => host !== undefined));
}
