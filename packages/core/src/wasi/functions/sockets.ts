import { SilentSocket } from '../descriptors/silent-socket.js';
import { WasiError } from '../wasi-error.js';
import { wasiFunction } from '../wasi-function.js';
import type { WasiState } from '../wasi-state.js';
import { connectSocket } from './sock-connect.js';
import { lookUpAddresses } from './sock-getaddrinfo.js';
import { openSocket } from './sock-open.js';

/**
 * Sockets: preview1's functions and WasmEdge's additions, with the signatures of WasmEdge 0.14.1. The network is denied: a guest gets names and
 * connections that a plug-in's policy allows, and those carry nothing.
 */
export const socketFunctions = {
  sock_open: wasiFunction(['i32', 'i32', 'i32'], openSocket),
  sock_open_v2: wasiFunction(['i32', 'i32', 'i32'], denyNetwork),
  sock_getaddrinfo: wasiFunction(['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'], lookUpAddresses),
  sock_accept: wasiFunction(['i32', 'i32'], onSocket),
  sock_accept_v2: wasiFunction(['i32', 'i32', 'i32'], onSocket),
  sock_bind: wasiFunction(['i32', 'i32', 'i32'], onSocket),
  sock_bind_v2: wasiFunction(['i32', 'i32', 'i32'], onSocket),
  sock_connect: wasiFunction(['i32', 'i32', 'i32'], connectSocket),
  sock_connect_v2: wasiFunction(['i32', 'i32', 'i32'], onSocket),
  sock_getlocaladdr: wasiFunction(['i32', 'i32', 'i32', 'i32'], onSocket),
  sock_getlocaladdr_v2: wasiFunction(['i32', 'i32', 'i32'], onSocket),
  sock_getpeeraddr: wasiFunction(['i32', 'i32', 'i32', 'i32'], onSocket),
  sock_getpeeraddr_v2: wasiFunction(['i32', 'i32', 'i32'], onSocket),
  sock_getsockopt: wasiFunction(['i32', 'i32', 'i32', 'i32', 'i32'], onSocket),
  sock_listen: wasiFunction(['i32', 'i32'], onSocket),
  sock_listen_v2: wasiFunction(['i32', 'i32'], onSocket),
  sock_recv: wasiFunction(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], onSocket),
  sock_recv_v2: wasiFunction(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], onSocket),
  sock_recv_from: wasiFunction(['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'], onSocket),
  sock_recv_from_v2: wasiFunction(['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'], onSocket),
  sock_send: wasiFunction(['i32', 'i32', 'i32', 'i32', 'i32'], onSocket),
  sock_send_v2: wasiFunction(['i32', 'i32', 'i32', 'i32', 'i32'], onSocket),
  sock_send_to: wasiFunction(['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'], onSocket),
  sock_send_to_v2: wasiFunction(['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'], onSocket),
  sock_setsockopt: wasiFunction(['i32', 'i32', 'i32', 'i32', 'i32'], onSocket),
  sock_shutdown: wasiFunction(['i32', 'i32'], shutDown),
};

/** Preview 1's own form where WasmEdge's differs: `sock_accept` has the flags of the new descriptor and a place for its number. */
export const preview1SocketFunctions = {
  sock_accept: wasiFunction(['i32', 'i32', 'i32'], onSocket),
};

function denyNetwork(): void {
  throw new WasiError('acces');
}

/** What no socket of a guest can do. */
function onSocket(state: WasiState, _caller: unknown, fd: number): void {
  SilentSocket.at(state, fd);
  throw new WasiError('acces');
}

function shutDown(state: WasiState, _caller: unknown, fd: number): void {
  SilentSocket.at(state, fd);
}
