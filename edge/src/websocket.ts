/** The codes that only say that no close frame came, and cannot be sent (RFC 6455, section 7.4.1). */
const UNSENDABLE: readonly number[] = [1005, 1006, 1015];

/** A hibernating socket's closing handshake is not finished by workerd itself. */
export function answerClose(socket: WebSocket, code: number): void {
  socket.close(UNSENDABLE.includes(code) ? undefined : code);
}
