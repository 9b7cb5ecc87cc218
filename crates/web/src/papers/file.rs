//! Uploaded photographs and scans: recognised by content, decoded within limits, written anew without metadata.

use super::claims;
use domain::papers::{FileCopy, FileKind, FileRefused, recognise};
use image::{
    DynamicImage, GrayImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
};
use std::io::Cursor;
use tokio::sync::Semaphore;

/// The most points of a photograph.
pub(super) const MAX_PIXELS: u64 = 60_000_000;
/// The most bytes its decoded points may take.
const MAX_DECODED: u64 = 256 * 1024 * 1024;
/// Good enough to read a stamp, small enough to keep.
const JPEG_QUALITY: u8 = 85;

/// One picture at a time is unpacked, so that several large ones cannot exhaust the machine's memory.
static UNPACKING: Semaphore = Semaphore::const_new(1);

/// Bytes fit to be kept, with what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clean {
    /// JPEG, PNG or PDF.
    pub kind: FileKind,
    /// What is stored.
    pub bytes: Vec<u8>,
}

impl Clean {
    /// The record of the stored copy.
    pub fn copy(&self, hash: String) -> FileCopy {
        FileCopy { hash, kind: self.kind, bytes: self.bytes.len() as u64 }
    }
}

/// Recognises a file and writes a picture anew. A PDF stays as it is and is only ever handed out as a download.
///
/// # Errors
/// [`FileRefused`] for what is empty, too large, of another kind, damaged, or larger than a photograph of a paper.
pub async fn clean(bytes: Vec<u8>) -> Result<Clean, FileRefused> {
    let kind = recognise(&bytes)?;
    if kind == FileKind::Pdf {
        return Ok(Clean { kind, bytes });
    }
    let _turn = UNPACKING.acquire().await.map_err(|_| FileRefused::Unreadable)?;
    let done = tokio::task::spawn_blocking(move || again(kind, &bytes).map(|bytes| Clean { kind, bytes })).await;
    // A decoder that panics on a damaged file has not read it.
    done.unwrap_or(Err(FileRefused::Unreadable))
}

/// Decodes, turns upright and encodes: only points survive, so no position, camera, thumbnail or hidden attachment.
fn again(kind: FileKind, bytes: &[u8]) -> Result<Vec<u8>, FileRefused> {
    let picture = decode(kind, bytes)?;
    let mut out = Vec::new();
    let done = match (kind, plain(picture)) {
        (FileKind::Jpeg, DynamicImage::ImageLuma8(grey)) => {
            JpegEncoder::new_with_quality(&mut out, JPEG_QUALITY).encode_image(&grey)
        }
        (FileKind::Jpeg, other) => {
            JpegEncoder::new_with_quality(&mut out, JPEG_QUALITY).encode_image(&other.into_rgb8())
        }
        (_, other) => other.write_with_encoder(PngEncoder::new(&mut out)),
    };
    done.map_err(|_| FileRefused::Unreadable)?;
    Ok(out)
}

fn decode(kind: FileKind, bytes: &[u8]) -> Result<DynamicImage, FileRefused> {
    let bytes = claims::own(kind, bytes);
    let format = if kind == FileKind::Png { ImageFormat::Png } else { ImageFormat::Jpeg };
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_DECODED);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refused)?;
    let (width, height) = decoder.dimensions();
    let points = u64::from(width) * u64::from(height);
    if points > MAX_PIXELS || decoder.total_bytes() > MAX_DECODED {
        return Err(FileRefused::TooManyPixels);
    }
    claims::hold(kind, bytes, points)?;
    let orientation = decoder.orientation().map_err(refused)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(refused)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// A picture in greys, decoded within the same limits; nothing of it is kept.
///
/// # Errors
/// [`FileRefused`] for what is no photograph, damaged, or larger than one.
pub async fn grey(bytes: Vec<u8>) -> Result<GrayImage, FileRefused> {
    let kind = recognise(&bytes)?;
    if kind == FileKind::Pdf {
        return Err(FileRefused::Unreadable);
    }
    let _turn = UNPACKING.acquire().await.map_err(|_| FileRefused::Unreadable)?;
    let done = tokio::task::spawn_blocking(move || decode(kind, &bytes).map(DynamicImage::into_luma8)).await;
    done.unwrap_or(Err(FileRefused::Unreadable))
}

fn refused(error: ImageError) -> FileRefused {
    match error {
        ImageError::Limits(_) => FileRefused::TooManyPixels,
        _ => FileRefused::Unreadable,
    }
}

/// Eight bits a point are enough for a paper.
fn plain(picture: DynamicImage) -> DynamicImage {
    let colour = picture.color();
    match (colour.has_color(), colour.has_alpha()) {
        (false, false) => DynamicImage::ImageLuma8(picture.into_luma8()),
        (false, true) => DynamicImage::ImageLumaA8(picture.into_luma_alpha8()),
        (true, false) => DynamicImage::ImageRgb8(picture.into_rgb8()),
        (true, true) => DynamicImage::ImageRgba8(picture.into_rgba8()),
    }
}
