import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { serve } from "../server.js";
import { nodeFiles } from "./files.js";

// The transport is named by the arguments: --stdio, --node-ipc, --socket=… or --pipe=…. With --stdio, what is written
// to the console goes to the client as a log message; the process ends with its input or with `exit`.
serve(createConnection(ProposedFeatures.all), nodeFiles);
