#!/usr/bin/env python3
"""Writes the vectors of this folder.

    pip install cryptography==48.0.0 cryptography-vectors==50.0.2 pynacl
    python3 generate.py

Published vectors (NIST CAVP, RFC, HPKE, ML-KEM) are taken from the package cryptography-vectors, in which they are unchanged.
Answers under `independent` are those of the programs `openssl` (3.0) and of Python's cryptography (OpenSSL 4.0) and PyNaCl
(libsodium), none of which the provider is built on.
"""
import base64, hashlib, json, os, re, subprocess, tempfile
from pathlib import Path
import cryptography_vectors
from cryptography.hazmat.primitives import hashes, hmac, serialization
from cryptography.hazmat.primitives.asymmetric import ec, mlkem, padding, rsa, x25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt

source = Path(cryptography_vectors.__file__).parent
here = Path(__file__).parent
notice = '// Written by generate.py, which says where each vector comes from.\n'


def write(name, **exports):
    text = notice
    for export, value in exports.items():
        text += f'\nexport const {export} = {json.dumps(value, indent=2)} as const;\n'
    (here / f'{name}.ts').write_text(text)


def sections(path, separator='='):
    """The records of a NIST response file, each with the [headers] that hold for it."""
    headers, record, records = {}, {}, []
    for line in (source / path).read_text().splitlines() + ['']:
        line = line.strip()
        if line.startswith('[') and line.endswith(']'):
            key, _, value = line[1:-1].partition(separator)
            headers[key.strip()] = value.strip()
            if not value:
                headers['section'] = key.strip()
        elif separator in line and not line.startswith('#'):
            key, _, value = line.partition(separator)
            record[key.strip()] = value.strip()
        elif line and not line.startswith('#'):
            record[line] = ''
        elif line == '' and record:
            records.append({**headers, **record})
            record = {}
    return records


def hexed(data):
    return bytes(data).hex()


def openssl(*args, stdin=None):
    return subprocess.run(['openssl', *args], input=stdin, capture_output=True, check=True).stdout


# --- SHA-2: NIST CAVP, byte-oriented
def sha(name):
    short = [r for r in sections(f'hashes/SHA2/{name}ShortMsg.rsp') if 'Msg' in r]
    long = [r for r in sections(f'hashes/SHA2/{name}LongMsg.rsp') if 'Msg' in r]
    chosen = [r for r in short if int(r['Len']) // 8 in (0, 1, 3, 20, 55, 56, 63, 64, 111, 112, 127, 128)] + [long[0], long[7]]
    return [{'message': r['Msg'] if int(r['Len']) else '', 'digest': r['MD']} for r in chosen]


def monte(name):
    text = (source / f'hashes/SHA2/{name}Monte.rsp').read_text()
    return {'seed': re.search(r'Seed = (\w+)', text)[1], 'digest': re.search(r'COUNT = 0\s+MD = (\w+)', text)[1]}


names = {'SHA-256': 'SHA256', 'SHA-384': 'SHA384', 'SHA-512': 'SHA512', 'SHA-512/256': 'SHA512_256'}
write('sha2', shaVectors={k: sha(v) for k, v in names.items()}, monteVectors={k: monte(names[k]) for k in ('SHA-256', 'SHA-512')})


# --- HMAC: RFC 4231
def rfc4231(bits):
    return [{'key': r['Key'], 'message': r['Msg'], 'tag': r['MD']} for r in sections(f'HMAC/rfc-4231-sha{bits}.txt') if 'Key' in r]


# --- HKDF: RFC 5869, and other hashes from OpenSSL
def rfc5869():
    text = (source / 'KDF/rfc-5869-HKDF-SHA256.txt').read_text()
    records = [dict(re.findall(r'^(\w+) *= ?(\w*)', part, re.M)) for part in text.split('COUNT')[1:]]
    return [{name.lower(): r[name] for name in ('IKM', 'salt', 'info', 'PRK', 'OKM')} for r in records]


def hkdf(algorithm, length):
    ikm, salt, info = bytes(range(40)), bytes(range(0x60, 0x78)), b'independent answer'
    mac = hmac.HMAC(salt, algorithm)
    mac.update(ikm)
    okm = HKDF(algorithm, length, salt, info).derive(ikm)
    return {'ikm': hexed(ikm), 'salt': hexed(salt), 'info': hexed(info), 'prk': hexed(mac.finalize()), 'okm': hexed(okm)}


write(
    'hmac-hkdf',
    hmacVectors={f'HMAC/SHA-{bits}': rfc4231(bits) for bits in (256, 384, 512)},
    hkdfVectors=rfc5869(),
    independentHkdf={'SHA-384': hkdf(hashes.SHA384(), 100), 'SHA-512': hkdf(hashes.SHA512(), 150)},
)


# --- AES-GCM: NIST CAVP, with the nonce and tag lengths that WASI-Crypto has
def gcm(bits, kind):
    chosen, seen = [], {}
    for r in sections(f'ciphers/AES/GCM/gcm{kind}{bits}.rsp'):
        if r.get('IVlen') != '96' or r.get('Taglen') != '128' or 'Key' not in r:
            continue
        shape = (r['PTlen'], r['AADlen'], 'FAIL' in r)
        if r['PTlen'] not in ('0', '104', '256', '408') or r['AADlen'] not in ('0', '160', '720') or seen.get(shape):
            continue
        seen[shape] = True
        entry = {'key': r['Key'], 'nonce': r['IV'], 'ad': r['AAD'], 'ciphertext': r['CT'], 'tag': r['Tag']}
        chosen.append({**entry, 'plaintext': None if 'FAIL' in r else r['PT']})
    return chosen


def chacha():
    chosen = []
    for r in sections('ciphers/ChaCha20Poly1305/openssl.txt'):
        if 'Key' in r and len(r['IV']) == 24 and len(r['Tag']) == 32:
            failed = 'Result' in r
            entry = {'key': r['Key'], 'nonce': r['IV'], 'ad': r['AAD'], 'ciphertext': r['Ciphertext'], 'tag': r['Tag']}
            chosen.append({**entry, 'plaintext': None if failed else r['Plaintext']})
    return [entry for entry in chosen if len(entry['ciphertext']) < 1200][:8]


def rfc8439():
    """RFC 8439 section 2.8.2."""
    plaintext = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it."
    return {
        'key': hexed(range(0x80, 0xA0)),
        'nonce': '070000004041424344454647',
        'ad': '50515253c0c1c2c3c4c5c6c7',
        'plaintext': hexed(plaintext),
        'ciphertext': 'd31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc3ff4def08e4b7a9de576d26586cec64b6116',
        'tag': '1ae10b594f09e26a7e902ecbd0600691',
    }


def xchacha():
    """draft-irtf-cfrg-xchacha-03 appendix A.3.1, compared here with libsodium's answer."""
    first = rfc8439()
    nonce = bytes(range(0x40, 0x58))
    sealed = crypto_aead_xchacha20poly1305_ietf_encrypt(
        bytes.fromhex(first['plaintext']), bytes.fromhex(first['ad']), nonce, bytes.fromhex(first['key'])
    )
    assert hexed(sealed[-16:]) == 'c0875924c1c7987947deafd8780acf49'
    return {**first, 'nonce': hexed(nonce), 'ciphertext': hexed(sealed[:-16]), 'tag': hexed(sealed[-16:])}


write(
    'aead',
    gcmVectors={f'AES-{bits}-GCM': gcm(bits, 'EncryptExtIV') + [e for e in gcm(bits, 'Decrypt') if e['plaintext'] is None][:6] for bits in (128, 256)},
    chachaVectors=[rfc8439(), *chacha()],
    xchachaVectors=[xchacha()],
)


# --- Ed25519: RFC 8032 section 7.1 (the same keys and messages stand in the file of the Ed25519 authors)
def ed25519():
    prefixes = ('9d61b19d', '4ccd089b', 'c5aa8df4', 'f5e5767c')
    entries = []
    for line in (source / 'asymmetric/Ed25519/sign.input').read_text().splitlines():
        secret, public, message, signed = line.split(':')[:4]
        if secret.startswith(prefixes):
            entries.append({'seed': secret[:64], 'publicKey': public, 'message': message, 'signature': signed[:128]})
    # TEST SHA(abc), which that file lacks.
    entries.append({
        'seed': '833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42',
        'publicKey': 'ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf',
        'message': hashlib.sha512(b'abc').hexdigest(),
        'signature': 'dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704',
    })
    return entries


# --- ECDSA: NIST CAVP FIPS 186-3 SigVer, secp256k1 from the same tool
def sigver(section):
    rows = [r for r in sections('asymmetric/ECDSA/FIPS_186-3/SigVer.rsp') if r.get('section') == section and 'Msg' in r]
    rows = [r for r in rows if 'Result' in r]
    return [
        {'message': r['Msg'], 'x': r['Qx'], 'y': r['Qy'], 'r': r['R'], 's': r['S'], 'valid': r['Result'].startswith('P')}
        for r in rows
    ]


def secp256k1():
    rows = [r for r in sections('asymmetric/ECDSA/SECP256K1/SigGen.txt') if r.get('section') == 'K-256,SHA-256' and 'Msg' in r]
    return [{'message': r['Msg'], 'scalar': r['d'], 'x': r['Qx'], 'y': r['Qy'], 'r': r['R'], 's': r['S'], 'valid': True} for r in rows[:5]]


def rfc6979():
    """RFC 6979 sections A.2.5 and A.2.6, messages `sample` and `test`."""
    text = (source / 'asymmetric/ECDSA/RFC6979/evppkey_ecdsa_rfc6979.txt').read_text()
    found = {}
    for curve, digest in (('P-256', 'SHA256'), ('P-384', 'SHA384')):
        key = re.search(rf'PrivateKey={curve}_PRIV.*?-----BEGIN PRIVATE KEY-----.*?-----END PRIVATE KEY-----', text, re.S)
        pem = key[0][key[0].index('-----BEGIN'):]
        scalar = serialization.load_pem_private_key(pem.encode(), None).private_numbers().private_value
        width = 32 if curve == 'P-256' else 48
        rows = []
        for block in re.findall(rf'DigestSign = {digest}\n(.*?)\n\n', text, re.S):
            fields = dict(line.split(' = ', 1) for line in block.splitlines() if ' = ' in line)
            if fields.get('Key') == f'{curve}_PRIV':
                r, s = decode_dss_signature(bytes.fromhex(fields['Output']))
                message = fields['Input'].strip('"').encode()
                rows.append({'message': hexed(message), 'der': fields['Output'].lower(), 'raw': f'{r:0{2 * width}x}{s:0{2 * width}x}'})
        found[curve] = {'scalar': f'{scalar:0{2 * width}x}', 'signatures': rows}
    return found


# --- Keys of openssl: one scalar per curve, in every encoding; scalar 1 shows that leading zeros are kept
def encodings(curve, name, scalar):
    width = (curve.key_size + 7) // 8
    key = ec.derive_private_key(scalar, curve)
    formats = serialization.PrivateFormat
    plain = serialization.NoEncryption()
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, 'key.der')
        Path(file).write_bytes(key.private_bytes(serialization.Encoding.DER, formats.TraditionalOpenSSL, plain))
        return {
            'raw': f'{scalar:0{2 * width}x}',
            'sec1': hexed(openssl('ec', '-inform', 'DER', '-in', file, '-outform', 'DER')),
            'pkcs8': hexed(openssl('pkcs8', '-topk8', '-nocrypt', '-inform', 'DER', '-in', file, '-outform', 'DER')),
            'pem': openssl('pkcs8', '-topk8', '-nocrypt', '-inform', 'DER', '-in', file).decode(),
            'spki': hexed(openssl('ec', '-inform', 'DER', '-in', file, '-pubout', '-outform', 'DER')),
            'spkiPem': openssl('ec', '-inform', 'DER', '-in', file, '-pubout').decode(),
            'point': hexed(key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)),
            'compressed': hexed(key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint)),
        }


scalars = {curve: int(hashlib.sha256(curve.encode()).hexdigest(), 16) for curve in ('P-256', 'P-384', 'K-256')}
curves = {'P-256': ec.SECP256R1(), 'P-384': ec.SECP384R1(), 'K-256': ec.SECP256K1()}
write(
    'signatures',
    ed25519Vectors=ed25519(),
    ecdsaVectors={
        'ECDSA_P256_SHA256': sigver('P-256,SHA-256'),
        'ECDSA_P384_SHA384': sigver('P-384,SHA-384'),
        'ECDSA_K256_SHA256': secp256k1(),
    },
    rfc6979Vectors=rfc6979(),
)
write('ec-keys', ecKeys={name: encodings(curve, name, scalars[name]) for name, curve in curves.items()}, ecKeysOfOne={name: encodings(curve, name, 1) for name, curve in curves.items()})


# --- RSA: NIST CAVP FIPS 186-3 SigVer (2048 and 3072 bits), and keys and signatures of openssl
def rsa_spki(n, e):
    numbers = rsa.RSAPublicNumbers(int(e, 16), int(n, 16)).public_key()
    return hexed(numbers.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo))


def rsa_cavp():
    wanted = {('2048', 'SHA256'), ('2048', 'SHA384'), ('2048', 'SHA512'), ('3072', 'SHA384'), ('3072', 'SHA512')}
    chosen = {}
    for line in (source / 'asymmetric/RSA/FIPS_186-2/SigVer15_186-3.rsp').read_text().splitlines():
        line = line.strip()
        if line.startswith('[mod'):
            mod_length = line.split('=')[1].strip(' ]')
        elif ' = ' in line:
            key, value = line.split(' = ', 1)
            if key == 'n':
                modulus = value
            elif key == 'SHAAlg':
                record = {'digest': value.strip().upper()}
            elif key in ('e', 'd', 'Msg', 'S'):
                record[key] = value
            elif key == 'Result':
                shape = (mod_length, record['digest'])
                if shape in wanted and int(record['e'], 16) < 2**64:
                    rows = chosen.setdefault(f'RSA_PKCS1_{shape[0]}_{shape[1]}', [])
                    valid = value.startswith('P')
                    if sum(row['valid'] == valid for row in rows) < (1 if valid else 2):
                        rows.append({
                            'spki': rsa_spki(modulus, record['e']),
                            'message': record['Msg'],
                            'signature': record['S'],
                            'valid': valid,
                        })
    return chosen


def rsa_keys():
    """Keys and signatures are made once and then kept, since they are random."""
    kept = here / 'rsa-keys.ts'
    if kept.exists():
        return
    message = b'signed by openssl'
    keys = {}
    with tempfile.TemporaryDirectory() as folder:
        key, text, signature = (os.path.join(folder, name) for name in ('key.pem', 'text', 'signature'))
        Path(text).write_bytes(message)
        for bits in (2048, 3072, 4096):
            openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', f'rsa_keygen_bits:{bits}', '-out', key)
            signatures = {}
            for digest in {2048: ('sha256', 'sha384', 'sha512'), 3072: ('sha384', 'sha512'), 4096: ('sha512',)}[bits]:
                openssl('dgst', f'-{digest}', '-sign', key, '-out', signature, text)
                signatures[f'RSA_PKCS1_{bits}_{digest.upper()}'] = hexed(Path(signature).read_bytes())
                openssl('dgst', f'-{digest}', '-sign', key, '-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:digest', '-out', signature, text)
                signatures[f'RSA_PSS_{bits}_{digest.upper()}'] = hexed(Path(signature).read_bytes())
            keys[str(bits)] = {
                'pem': Path(key).read_text(),
                'pkcs8': hexed(openssl('pkcs8', '-topk8', '-nocrypt', '-in', key, '-outform', 'DER')),
                'pkcs1': hexed(openssl('rsa', '-in', key, '-traditional', '-outform', 'DER')),
                'spki': hexed(openssl('rsa', '-in', key, '-pubout', '-outform', 'DER')),
                'spkiPem': openssl('rsa', '-in', key, '-pubout').decode(),
                'message': hexed(message),
                'signatures': signatures,
            }
    write('rsa-keys', rsaKeys=keys)


write('rsa', rsaVectors=rsa_cavp())
rsa_keys()


# --- Key exchange: RFC 7748 section 5.2 and 6.1, RFC 5903 section 8, DHKEM of RFC 9180, ML-KEM-768
def rfc5903(curve, i, r, shared_x):
    width = curve.key_size // 8
    one, two = ec.derive_private_key(int(i, 16), curve), ec.derive_private_key(int(r, 16), curve)
    assert hexed(one.exchange(ec.ECDH(), two.public_key())) == shared_x.lower()
    point = lambda key: hexed(key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint))
    return {'scalars': [i.lower(), r.lower()], 'points': [point(one), point(two)], 'secret': shared_x.lower()}


def rfc7748():
    """RFC 7748 section 6.1, checked here with OpenSSL."""
    secrets = [
        '77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a',
        '5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb',
    ]
    one, two = (x25519.X25519PrivateKey.from_private_bytes(bytes.fromhex(secret)) for secret in secrets)
    shared = hexed(one.exchange(two.public_key()))
    assert shared == '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742'
    return {'secretKeys': secrets, 'publicKeys': [hexed(key.public_key().public_bytes_raw()) for key in (one, two)], 'secret': shared}


def hpke():
    rows = json.loads((source / 'HPKE/test-vectors.json').read_text())
    rows = [r for r in rows if r['kem_id'] == 32 and r['mode'] == 0][:3]
    return [{'secretKey': r['skRm'], 'publicKey': r['pkRm'], 'encapsulated': r['enc'], 'secret': r['shared_secret']} for r in rows]


def ml_kem():
    chosen = []
    for r in sections('asymmetric/MLKEM/kat_MLKEM_768.rsp')[:2]:
        key = mlkem.MLKEM768PrivateKey.from_seed_bytes(bytes.fromhex(r['d'] + r['z']))
        assert hexed(key.decapsulate(bytes.fromhex(r['ct']))) == r['ss']
        assert hexed(key.decapsulate(bytes.fromhex(r['ct_n']))) == r['ss_n']
        chosen.append({'seed': r['d'] + r['z'], 'publicKey': r['pk'], 'secretKey': r['sk'], 'encapsulated': r['ct'], 'secret': r['ss'], 'otherEncapsulated': r['ct_n'], 'otherSecret': r['ss_n']})
    return chosen


write(
    'kx',
    x25519Vectors=[{'scalar': r['INPUT_SCALAR'], 'point': r['INPUT_U'], 'secret': r['OUTPUT_U']} for r in sections('asymmetric/X25519/rfc7748.txt') if 'INPUT_U' in r],
    x25519Pair=rfc7748(),
    ecdhVectors={
        'P256-SHA256': rfc5903(
            ec.SECP256R1(),
            'C88F01F510D9AC3F70A292DAA2316DE544E9AAB8AFE84049C62A9C57862D1433',
            'C6EF9C5D78AE012A011164ACB397CE2088685D8F06BF9BE0B283AB46476BEE53',
            'D6840F6B42F6EDAFD13116E0E12565202FEF8E9ECE7DCE03812464D04B9442DE',
        ),
        'P384-SHA384': rfc5903(
            ec.SECP384R1(),
            '099F3C7034D4A2C699884D73A375A67F7624EF7C6B3C0F160647B67414DCE655E35B538041E649EE3FAEF896783AB194',
            '41CB0779B4BDB85D47846725FBEC3C9430FAB46CC8DC5060855CC9BDA0AA2942E0308312916B8ED2960E4BD55A7448FC',
            '11187331C279962D93D604243FD592CB9D0A926F422E47187521287E7156C5C4D603135569B9E9D09CF5D4A270F59746',
        ),
    },
    dhkemVectors=hpke(),
    mlKemVectors=ml_kem(),
)
