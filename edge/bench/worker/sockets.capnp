using Workerd = import "/workerd/workerd.capnp";

# The least that accepts hibernating WebSockets, to compare the edge with.
const config :Workerd.Config = (
  services = [
    (name = "bare", worker = .bare),
    (name = "coordinators", disk = (writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:8787", http = (), service = "bare")],
);

const bare :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "2026-10-01",
  bindings = [(name = "ROOMS", durableObjectNamespace = "RoomDO")],
  durableObjectNamespaces = [(className = "RoomDO", uniqueKey = "bare-RoomDO", enableSql = true)],
  durableObjectStorage = (localDisk = "coordinators"),
);
