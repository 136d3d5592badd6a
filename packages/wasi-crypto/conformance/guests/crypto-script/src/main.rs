//! Makes the operations of the crate `wasi-crypto-guest` that its arguments name, in that order, and prints what each answers, a line
//! each: `ok:` and hexadecimal digits, or `error:` and the number of the error. Bytes are hexadecimal digits. See `perform` for the
//! operations.

use wasi_crypto_guest::prelude::*;

type Answer = Result<Vec<u8>, WasiCryptoError>;

fn main() {
    let mut arguments = std::env::args().skip(1);
    while let Some(operation) = arguments.next() {
        match perform(&operation, &mut arguments) {
            Ok(bytes) => println!("ok:{}", hex(&bytes)),
            Err(error) => println!("error:{}", u16::from(error)),
        }
    }
}

fn perform(operation: &str, arguments: &mut impl Iterator<Item = String>) -> Answer {
    let mut text = || arguments.next().expect("an operation lacks an operand");
    match operation {
        "hash" => {
            let (algorithm, length) = (name(text()), number(&text()));
            Hash::hash(algorithm, bytes(&text()), length, None)
        }
        // The message is absorbed byte by byte, and squeezed after each; the last digest is the answer.
        "hash-bytes" => {
            let (algorithm, length) = (name(text()), number(&text()));
            let mut hash = Hash::unkeyed(algorithm)?;
            for byte in bytes(&text()) {
                hash.absorb([byte])?;
                hash.squeeze(length)?;
            }
            hash.squeeze(length)
        }
        "mac" => {
            let key = AuthKey::from_raw(name(text()), bytes(&text()))?;
            Auth::auth(bytes(&text()), &key)
        }
        "mac-verify" => {
            let key = AuthKey::from_raw(name(text()), bytes(&text()))?;
            let message = bytes(&text());
            Auth::auth_verify(message, &key, bytes(&text())).map(|()| vec![])
        }
        // Hash, input keying material, salt, info, length.
        "hkdf" => {
            let hash = text();
            let key = HkdfKey::from_raw(name(format!("HKDF-EXTRACT/{hash}")), bytes(&text()))?;
            let salt = bytes(&text());
            let hkdf = Hkdf::new(name(format!("HKDF-EXPAND/{hash}")), &key, Some(&salt))?;
            let info = bytes(&text());
            hkdf.expand(info, number(&text()))
        }
        // The pseudorandom key of HKDF.
        "hkdf-extract" => {
            let hash = text();
            let algorithm = name(format!("HKDF-EXTRACT/{hash}"));
            let key = SymmetricKey::from_raw(algorithm, bytes(&text()))?;
            let mut state = SymmetricState::new(algorithm, Some(&key), None)?;
            state.absorb(bytes(&text()))?;
            state.squeeze_key(name(format!("HKDF-EXPAND/{hash}")))?.raw()
        }
        // Algorithm, key, nonce, additional data, plaintext; the answer is ciphertext and tag.
        "encrypt" => {
            let (algorithm, key) = (name(text()), bytes(&text()));
            let key = AeadKey::from_raw(algorithm, key)?;
            let (nonce, additional) = (bytes(&text()), bytes(&text()));
            Aead::new(&key, Some(&nonce), Some(&additional))?.encrypt(bytes(&text()))
        }
        "decrypt" => {
            let (algorithm, key) = (name(text()), bytes(&text()));
            let key = AeadKey::from_raw(algorithm, key)?;
            let (nonce, additional) = (bytes(&text()), bytes(&text()));
            Aead::new(&key, Some(&nonce), Some(&additional))?.decrypt(bytes(&text()))
        }
        "encrypt-detached" => {
            let mut state = aead_state(&mut text)?;
            let plaintext = bytes(&text());
            let mut sealed = vec![0; plaintext.len()];
            let tag = state.encrypt_detached(&mut sealed, plaintext)?;
            sealed.extend(tag);
            Ok(sealed)
        }
        // As decrypt, with the tag as a further operand.
        "decrypt-detached" => {
            let mut state = aead_state(&mut text)?;
            let ciphertext = bytes(&text());
            let mut plaintext = vec![0; ciphertext.len()];
            state.decrypt_detached(&mut plaintext, ciphertext, bytes(&text()))?;
            Ok(plaintext)
        }
        "generate-key" => SymmetricKey::generate(name(text()), None)?.raw(),
        // Algorithm, encoding and bytes of the key pair, message; the answer is the raw signature.
        "sign" => signature_key_pair(&mut text)?.sign(bytes(&text()))?.raw(),
        "sign-der" => signature_key_pair(&mut text)?.sign(bytes(&text()))?.der(),
        // The message is given in parts of one byte.
        "sign-bytes" => {
            let mut state = signature_key_pair(&mut text)?.multipart_signature()?;
            for byte in bytes(&text()) {
                state.update([byte])?;
            }
            state.sign()?.raw()
        }
        // Generates a key pair, signs with it and verifies; the answer is the raw public key or its SPKI.
        "sign-new" => {
            let algorithm = name(text());
            let key_pair = SignatureKeyPair::generate(algorithm)?;
            let message = bytes(&text());
            let signature = key_pair.sign(&message)?;
            let public_key = key_pair.publickey()?;
            public_key.signature_verify(&message, &signature)?;
            public_key.raw().or_else(|_| public_key.pkcs8())
        }
        // Algorithm, encoding and bytes of the public key, encoding and bytes of the signature, message.
        "verify" => {
            let algorithm = name(text());
            let public_key = signature_public_key(algorithm, &mut text)?;
            let (encoding, encoded) = (text(), bytes(&text()));
            let signature = match encoding.as_str() {
                "raw" => Signature::from_raw(algorithm, encoded),
                _ => Signature::from_der(algorithm, encoded),
            }?;
            public_key.signature_verify(bytes(&text()), &signature).map(|()| vec![])
        }
        // Algorithm, encoding and bytes of a key pair, encoding of the answer.
        "key-pair" => {
            let key_pair = signature_key_pair(&mut text)?;
            match text().as_str() {
                "raw" => key_pair.raw(),
                "pkcs8" => key_pair.pkcs8(),
                "pem" => key_pair.pem(),
                encoding => public_bytes(&key_pair.publickey()?, encoding.trim_start_matches("public-")),
            }
        }
        "public-key" => {
            let algorithm = name(text());
            let public_key = signature_public_key(algorithm, &mut text)?;
            public_bytes(&public_key, &text())
        }
        // Algorithm, encoding and bytes of the public key, raw secret key.
        "agree" => {
            let algorithm = name(text());
            let public_key = kx_public_key(algorithm, &mut text)?;
            let secret_key = KxSecretKey::from_raw(algorithm, bytes(&text()))?;
            public_key.dh(&secret_key)
        }
        // Two new key pairs agree; the answer is the secret.
        "agree-new" => {
            let algorithm = name(text());
            let (one, two) = (KxKeyPair::generate(algorithm)?, KxKeyPair::generate(algorithm)?);
            let secret = one.publickey()?.dh(&two.secretkey()?)?;
            assert_eq!(secret, two.publickey()?.dh(&one.secretkey()?)?);
            Ok(secret)
        }
        // Algorithm, encoding and bytes of the public key; the answer is the secret and then the encapsulated secret.
        "encapsulate" => {
            let algorithm = name(text());
            let encapsulated = kx_public_key(algorithm, &mut text)?.encapsulate()?;
            Ok([encapsulated.secret, encapsulated.encapsulated_secret].concat())
        }
        // Algorithm, encoding and bytes of the key pair, encapsulated secret.
        "decapsulate" => {
            let (algorithm, encoding, encoded) = (name(text()), text(), bytes(&text()));
            let key_pair = match encoding.as_str() {
                "raw" => KxKeyPair::from_raw(algorithm, encoded),
                "pem" => KxKeyPair::from_pem(algorithm, encoded),
                _ => KxKeyPair::from_pkcs8(algorithm, encoded),
            }?;
            key_pair.secretkey()?.decapsulate(bytes(&text()))
        }
        "encapsulate-new" => {
            let key_pair = KxKeyPair::generate(name(text()))?;
            let encapsulated = key_pair.publickey()?.encapsulate()?;
            let secret = key_pair.secretkey()?.decapsulate(encapsulated.encapsulated_secret)?;
            assert_eq!(secret, encapsulated.secret);
            Ok(secret)
        }
        other => panic!("no operation {other}"),
    }
}

fn aead_state(text: &mut impl FnMut() -> String) -> Result<SymmetricState, WasiCryptoError> {
    let (algorithm, key) = (name(text()), bytes(&text()));
    let key = SymmetricKey::from_raw(algorithm, key)?;
    let mut options = SymmetricOptions::new();
    options.set("nonce", bytes(&text()))?;
    let mut state = SymmetricState::new(algorithm, Some(&key), Some(&options))?;
    state.absorb(bytes(&text()))?;
    Ok(state)
}

fn signature_key_pair(text: &mut impl FnMut() -> String) -> Result<SignatureKeyPair, WasiCryptoError> {
    let (algorithm, encoding, encoded) = (name(text()), text(), bytes(&text()));
    match encoding.as_str() {
        "raw" => SignatureKeyPair::from_raw(algorithm, encoded),
        "pem" => SignatureKeyPair::from_pem(algorithm, encoded),
        _ => SignatureKeyPair::from_pkcs8(algorithm, encoded),
    }
}

fn signature_public_key(
    algorithm: &'static str,
    text: &mut impl FnMut() -> String,
) -> Result<SignaturePublicKey, WasiCryptoError> {
    let (encoding, encoded) = (text(), bytes(&text()));
    match encoding.as_str() {
        "raw" => SignaturePublicKey::from_raw(algorithm, encoded),
        "sec" => SignaturePublicKey::from_sec(algorithm, encoded),
        "pem" => SignaturePublicKey::from_pem(algorithm, encoded),
        _ => SignaturePublicKey::from_pkcs8(algorithm, encoded),
    }
}

fn public_bytes(public_key: &SignaturePublicKey, encoding: &str) -> Answer {
    match encoding {
        "raw" => public_key.raw(),
        "sec" => public_key.sec(),
        "pem" => public_key.pem(),
        _ => public_key.pkcs8(),
    }
}

fn kx_public_key(
    algorithm: &'static str,
    text: &mut impl FnMut() -> String,
) -> Result<KxPublicKey, WasiCryptoError> {
    let (encoding, encoded) = (text(), bytes(&text()));
    match encoding.as_str() {
        "raw" => KxPublicKey::from_raw(algorithm, encoded),
        "sec" => KxPublicKey::from_sec(algorithm, encoded),
        "pem" => KxPublicKey::from_pem(algorithm, encoded),
        _ => KxPublicKey::from_pkcs8(algorithm, encoded),
    }
}

/// The crate wants names that live for ever.
fn name(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

fn number(text: &str) -> usize {
    text.parse().unwrap()
}

fn bytes(digits: &str) -> Vec<u8> {
    digits
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
