//! Workbooks that are encrypted with the password that Excel tries by itself.
//!
//! Owns the keys that follow from that password, in the four ways in which workbooks are encrypted. Refuses every other
//! password: such a file is encrypted, and that is said.
//!
//! Excel encrypts a workbook whose structure is protected, so that nothing but a spreadsheet program changes it, and opens
//! it without asking: the password is the same for all.

pub(super) mod stream;

use aes::cipher::{Array, BlockCipherDecrypt, KeyInit};
use md5::Md5;
use sha1::Sha1;
use sha2::digest::Digest;
use sha2::{Sha256, Sha384, Sha512};

use super::xml::{Piece, Xml, attribute};
use crate::bytes::{part, place_at, u16_at, u32_at};
use crate::limits::{Clock, Fault, Limits};
use crate::ole;

/// The password.
const PASSWORD: &str = "VelvetSweatshop";
/// Rounds of hashing that a file may ask for; Excel asks for a hundred thousand.
const MAX_ROUNDS: u32 = 1_000_000;
/// Rounds of the older way.
const ROUNDS: u32 = 50_000;
/// Bytes of a package that are encrypted together.
const SEGMENT: usize = 4_096;
/// Bytes of a block of AES.
const BLOCK: usize = 16;

/// The package within an encrypted Office file.
///
/// # Errors
/// [`Fault::Encrypted`] if its password is another one, [`Fault::Damaged`] if it is broken, [`Fault::Limit`] if it is too
/// large or asks for too much.
pub fn package(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, Fault> {
    let clock = Clock::start(limits);
    let file = ole::open(bytes)?;
    let mut left = limits.unpacked;
    let info = ole::stream(&file, "EncryptionInfo", &mut left)?.bytes;
    let package = ole::stream(&file, "EncryptedPackage", &mut left)?.bytes;
    let cut = || Fault::Damaged("encryption: cut off".to_owned());
    let size = place_at(&package, 0).ok_or_else(cut)?;
    let body = package.get(8..).ok_or_else(cut)?;
    let mut plain = match (u16_at(&info, 0), u16_at(&info, 2)) {
        (Some(4), Some(4)) => agile(info.get(8..).unwrap_or_default(), body, &clock)?,
        (Some(2..=4), Some(2)) => standard(&info, body, &clock)?,
        _ => return Err(other()),
    };
    plain.truncate(size);
    Ok(plain)
}

/// The password is not the one that is tried, or the way of encrypting is not known.
pub(super) fn other() -> Fault {
    Fault::Encrypted("an Office file with a password".to_owned())
}

/// Ways of hashing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hash {
    Md5,
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "SHA1" | "SHA-1" => Self::Sha1,
            "SHA256" => Self::Sha256,
            "SHA384" => Self::Sha384,
            "SHA512" => Self::Sha512,
            "MD5" => Self::Md5,
            _ => return None,
        })
    }

    /// The hash of parts one after another.
    pub(super) fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        fn all<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
            let mut digest = D::new();
            parts.iter().for_each(|part| digest.update(part));
            digest.finalize().to_vec()
        }
        match self {
            Self::Md5 => all::<Md5>(parts),
            Self::Sha1 => all::<Sha1>(parts),
            Self::Sha256 => all::<Sha256>(parts),
            Self::Sha384 => all::<Sha384>(parts),
            Self::Sha512 => all::<Sha512>(parts),
        }
    }

    /// What the password comes to with a salt, after so many rounds.
    fn spun(self, salt: &[u8], rounds: u32, clock: &Clock) -> Result<Vec<u8>, Fault> {
        let mut hash = self.of(&[salt, &password()]);
        for round in 0..rounds {
            if round.is_multiple_of(8_192) {
                clock.check()?;
            }
            hash = self.of(&[&round.to_le_bytes(), &hash]);
        }
        Ok(hash)
    }
}

/// The password in UTF-16.
pub(super) fn password() -> Vec<u8> {
    PASSWORD.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Decrypts whole blocks; with a vector each is chained with the one before it. `None` if the key has an odd size.
fn decrypt(key: &[u8], vector: Option<&[u8]>, data: &[u8]) -> Option<Vec<u8>> {
    fn all<C: KeyInit + BlockCipherDecrypt>(key: &[u8], vector: Option<&[u8]>, data: &[u8]) -> Option<Vec<u8>> {
        let cipher = C::new_from_slice(key).ok()?;
        let mut before: Option<Vec<u8>> = vector.map(<[u8]>::to_vec);
        let mut plain = Vec::with_capacity(data.len());
        for block in data.chunks_exact(BLOCK) {
            let mut decrypted = Array::try_from(block).ok()?;
            cipher.decrypt_block(&mut decrypted);
            match &mut before {
                Some(before) => {
                    plain.extend(decrypted.iter().zip(before.iter()).map(|(a, b)| a ^ b));
                    *before = block.to_vec();
                }
                None => plain.extend(decrypted.iter()),
            }
        }
        Some(plain)
    }
    match key.len() {
        16 => all::<aes::Aes128>(key, vector, data),
        24 => all::<aes::Aes192>(key, vector, data),
        32 => all::<aes::Aes256>(key, vector, data),
        _ => None,
    }
}

/// Cut or filled up to a size.
fn sized(mut bytes: Vec<u8>, size: usize, fill: u8) -> Vec<u8> {
    bytes.resize(size, fill);
    bytes
}

/// Excel 2007: AES without chaining, keys by SHA-1.
fn standard(info: &[u8], body: &[u8], clock: &Clock) -> Result<Vec<u8>, Fault> {
    let header = place_at(info, 8).and_then(|size| part(info, 12, size)).ok_or_else(other)?;
    let verifier = info.get(header.len().saturating_add(12)..).unwrap_or_default();
    let bits = u32_at(header, 16).ok_or_else(other)?;
    let size = usize::try_from(bits / 8).unwrap_or(0);
    if !matches!(u32_at(header, 8), Some(0x660E..=0x6610)) || !matches!(size, 16 | 24 | 32) {
        return Err(other());
    }
    let (Some(salt), Some(input), Some(hash)) = (part(verifier, 4, 16), part(verifier, 20, 16), part(verifier, 40, 32))
    else {
        return Err(other());
    };
    let spun = Hash::Sha1.spun(salt, ROUNDS, clock)?;
    let last = Hash::Sha1.of(&[&spun, &0_u32.to_le_bytes()]);
    let mixed = |with: u8| {
        let mut block = [with; 64];
        block.iter_mut().zip(&last).for_each(|(place, byte)| *place ^= byte);
        Hash::Sha1.of(&[&block])
    };
    let key = sized([mixed(0x36), mixed(0x5C)].concat(), size, 0);
    let (Some(input), Some(hash)) = (decrypt(&key, None, input), decrypt(&key, None, hash)) else {
        return Err(other());
    };
    if hash.get(..20) != Some(Hash::Sha1.of(&[&input]).as_slice()) {
        return Err(other());
    }
    decrypt(&key, None, body).ok_or_else(other)
}

/// What an element of the description says of keys.
#[derive(Default)]
struct Described {
    salt: Vec<u8>,
    size: usize,
    hash: Option<Hash>,
    rounds: u32,
    input: Vec<u8>,
    value: Vec<u8>,
    key: Vec<u8>,
}

/// Excel 2010 and later: AES with chaining, described in XML.
fn agile(info: &[u8], body: &[u8], clock: &Clock) -> Result<Vec<u8>, Fault> {
    let text = String::from_utf8_lossy(info);
    let mut xml = Xml::new(&text, clock.clone());
    let (mut data, mut own) = (None, None);
    loop {
        match xml.next()? {
            Piece::Open(element) => {
                let name = element.local_name();
                if !matches!(name.as_ref(), "keyData" | "encryptedKey") {
                    continue;
                }
                let value = |name: &str| attribute(&element, name).unwrap_or_default();
                let number = |name: &str| value(name).parse::<u32>().unwrap_or(0);
                if value("cipherAlgorithm") != "AES" || value("cipherChaining") != "ChainingModeCBC" {
                    return Err(other());
                }
                let described = Described {
                    salt: base64(&value("saltValue")),
                    size: usize::try_from(number("keyBits") / 8).unwrap_or(0),
                    hash: Hash::named(&value("hashAlgorithm")),
                    rounds: number("spinCount"),
                    input: base64(&value("encryptedVerifierHashInput")),
                    value: base64(&value("encryptedVerifierHashValue")),
                    key: base64(&value("encryptedKeyValue")),
                };
                if name.as_ref() == "keyData" {
                    data = Some(described);
                } else {
                    own = Some(described);
                }
            }
            Piece::Close | Piece::Text(_) => {}
            Piece::End => break,
        }
    }
    let (Some(data), Some(own)) = (data, own) else { return Err(other()) };
    let (Some(hash), Some(data_hash)) = (own.hash, data.hash) else { return Err(other()) };
    if own.rounds > MAX_ROUNDS {
        return Err(Fault::Limit(format!("{} rounds of hashing", own.rounds)));
    }
    let spun = hash.spun(&own.salt, own.rounds, clock)?;
    let vector = sized(own.salt.clone(), BLOCK, 0x36);
    let of = |kind: [u8; 8], data: &[u8]| {
        let key = sized(hash.of(&[&spun, &kind]), own.size, 0x36);
        decrypt(&key, Some(&vector), data).ok_or_else(other)
    };
    let input = of([0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79], &own.input)?;
    let value = of([0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E], &own.value)?;
    let expected = hash.of(&[input.get(..own.salt.len()).unwrap_or(&input)]);
    if !value.starts_with(&expected) {
        return Err(other());
    }
    let key = sized(of([0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6], &own.key)?, data.size, 0);
    let mut plain = Vec::with_capacity(body.len());
    for (number, segment) in (0_u32..).zip(body.chunks(SEGMENT)) {
        let vector = sized(data_hash.of(&[&data.salt, &number.to_le_bytes()]), BLOCK, 0x36);
        plain.extend(decrypt(&key, Some(&vector), segment).ok_or_else(other)?);
    }
    Ok(plain)
}

/// Bytes as attributes hold them.
fn base64(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let (mut bits, mut count) = (0_u32, 0_u32);
    for c in text.bytes() {
        let value = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xFF) as u8);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_attributes() {
        assert_eq!(base64("AAEC/w=="), [0, 1, 2, 255]);
        assert_eq!(base64("TWFu"), b"Man");
    }

    #[test]
    fn hashes_and_ciphers() {
        assert_eq!(Hash::Md5.of(&[b"a", b"bc"])[..4], [0x90, 0x01, 0x50, 0x98]);
        assert_eq!(Hash::Sha1.of(&[b"abc"])[..4], [0xA9, 0x99, 0x3E, 0x36]);
        // Example of FIPS 197.
        let key: Vec<u8> = (0..16).collect();
        let block = [0x69, 0xC4, 0xE0, 0xD8, 0x6A, 0x7B, 0x04, 0x30, 0xD8, 0xCD, 0xB7, 0x80, 0x70, 0xB4, 0xC5, 0x5A];
        let plain: Vec<u8> = (0..16).map(|n| n * 0x11).collect();
        assert_eq!(decrypt(&key, None, &block), Some(plain));
        assert_eq!(decrypt(&key[..5], None, &block), None);
    }

    #[test]
    fn other_passwords_and_damage() {
        let clock = Clock::start(&Limits::default());
        assert!(matches!(agile(b"<encryption/>", &[], &clock), Err(Fault::Encrypted(_))));
        assert!(matches!(standard(&[0; 20], &[], &clock), Err(Fault::Encrypted(_))));
        let key = "saltValue='AAAA' keyBits='128' hashAlgorithm='SHA1' cipherAlgorithm='AES' \
            cipherChaining='ChainingModeCBC'";
        let rounds = |n: u32| format!("<e><keyData {key}/><encryptedKey spinCount='{n}' {key}/></e>");
        assert!(matches!(agile(rounds(1).as_bytes(), &[], &clock), Err(Fault::Encrypted(_))));
        assert!(matches!(agile(rounds(9_999_999).as_bytes(), &[], &clock), Err(Fault::Limit(_))));
    }
}
