import { createServer } from "node:net";
import { listening, type Running } from "./servers.js";

/** A company's proxy that wants NTLM, takes all its steps and refuses the last. `seen` has the type of each message. */
export function refuseNtlm(): Promise<Running> {
  const seen: string[] = [];
  const server = createServer((socket) => {
    let text = "";
    socket.on("data", (data) => {
      text += data.toString("latin1");
      for (let end = text.indexOf("\r\n\r\n"); end >= 0; end = text.indexOf("\r\n\r\n")) {
        const token = /^Proxy-Authorization: NTLM (\S+)/im.exec(text.slice(0, end))?.[1];
        text = text.slice(end + 4);
        const type = token === undefined ? 0 : (Buffer.from(token, "base64")[8] ?? 0);
        seen.push(`type ${type}`);
        const offer = type === 1 ? `NTLM ${challenge()}` : "NTLM";
        const ending = type === 3 ? "Connection: close\r\n" : "";
        socket.write(`HTTP/1.1 407 Login\r\nProxy-Authenticate: ${offer}\r\nContent-Length: 0\r\n${ending}\r\n`);
      }
    });
  });
  return listening(server, seen);
}

/** The second message of NTLM (MS-NLMP, 2.2.1.2), with names that NTLMv2 needs. */
function challenge(): string {
  const name = Buffer.from("CORP-UK", "utf16le");
  const names = Buffer.concat([pair(2, name), pair(1, name), pair(0, Buffer.alloc(0))]);
  const head = Buffer.alloc(56);
  head.write("NTLMSSP\0", 0, "latin1");
  head.writeUInt32LE(2, 8);
  field(head, 12, name.length, 56);
  head.writeUInt32LE(0xa2898205, 20);
  head.write("0123456789abcdef", 24, "hex");
  field(head, 40, names.length, 56 + name.length);
  return Buffer.concat([head, name, names]).toString("base64");
}

function pair(id: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(value.length, 2);
  return Buffer.concat([head, value]);
}

function field(head: Buffer, at: number, length: number, offset: number): void {
  head.writeUInt16LE(length, at);
  head.writeUInt16LE(length, at + 2);
  head.writeUInt32LE(offset, at + 4);
}
