import type { ErrnoImplementation } from '@wasmedge-plugins/core';
import type { signatureSignatures } from '../../abi.js';
import { findSignatureAlgorithm } from '../asymmetric/algorithms.js';
import { withGuestBytes } from '../asymmetric/arguments.js';
import { forSignatures } from '../asymmetric/purpose.js';
import type { CryptoState } from '../crypto-state.js';
import { checkRange, readName } from '../guest-arguments.js';
import { newArrayOutput } from '../new-array-output.js';
import { toSignatureEncoding } from './signature-encoding.js';
import { SignatureObject, SignatureState, VerificationState } from './signature-objects.js';

/** The functions of the module. */
export function signatureFunctions(state: CryptoState): ErrnoImplementation<typeof signatureSignatures> {
  return {
    signature_import({ memory }, namePointer, nameLength, pointer, length, encodingNumber, out) {
      checkRange(memory, out, 4);
      const algorithm = findSignatureAlgorithm(readName(memory, namePointer, nameLength));
      const encoding = toSignatureEncoding(encodingNumber);
      const raw = withGuestBytes(memory, pointer, length, 'invalid_signature', (bytes) =>
        algorithm.scheme.importSignature(encoding, bytes),
      );
      memory.writeU32(out, state.signatures.add(new SignatureObject(algorithm, raw)));
    },
    signature_export({ memory }, handle, encodingNumber, out) {
      checkRange(memory, out, 4);
      const { algorithm, raw } = state.signatures.get(handle);
      const exported = algorithm.scheme.exportSignature(toSignatureEncoding(encodingNumber), raw);
      memory.writeU32(out, newArrayOutput(state, exported));
    },
    signature_close(_caller, handle) {
      state.signatures.close(handle);
    },
    signature_state_open({ memory }, handle, out) {
      checkRange(memory, out, 4);
      const keyPair = forSignatures(state.keyPairs.get(handle));
      memory.writeU32(out, state.signatureStates.add(new SignatureState(keyPair, state.bytes)));
    },
    signature_state_update({ memory }, handle, pointer, length) {
      const { message } = state.signatureStates.get(handle);
      memory.borrow(pointer, length, (bytes) => message.update(bytes));
    },
    signature_state_sign({ memory }, handle, out) {
      checkRange(memory, out, 4);
      memory.writeU32(out, state.signatures.add(state.signatureStates.get(handle).sign()));
    },
    signature_state_close(_caller, handle) {
      state.signatureStates.close(handle);
    },
    signature_verification_state_open({ memory }, handle, out) {
      checkRange(memory, out, 4);
      const publicKey = forSignatures(state.publicKeys.get(handle));
      memory.writeU32(out, state.verificationStates.add(new VerificationState(publicKey, state.bytes)));
    },
    signature_verification_state_update({ memory }, handle, pointer, length) {
      const { message } = state.verificationStates.get(handle);
      memory.borrow(pointer, length, (bytes) => message.update(bytes));
    },
    signature_verification_state_verify(_caller, handle, signatureHandle) {
      const verification = state.verificationStates.get(handle);
      verification.verify(state.signatures.get(signatureHandle));
    },
    signature_verification_state_close(_caller, handle) {
      state.verificationStates.close(handle);
    },
  };
}
