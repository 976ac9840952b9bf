//! QR codes in pictures.

use crate::{kept, unread};
use image::{GrayImage, ImageReader, Limits, imageops};
use mekiki_facts::Inside;
use rxing::{
    BinaryBitmap, DecodeHints, Luma8LuminanceSource, common::HybridBinarizer, multi::MultipleBarcodeReader,
    qrcode::cpp_port::QrReader,
};
use std::io::Cursor;

/// Most pixels of all pictures of a message together.
pub(crate) const MOST_PIXELS: u64 = 48_000_000;
/// Longest side of a picture, in pixels.
const LONGEST: u32 = 12_000;
/// Most memory for decoding a picture, in bytes.
const MOST_MEMORY: u64 = 256 * 1024 * 1024;
/// A QR code has 21 modules at least (ISO/IEC 18004 §5.3.1): what is smaller holds none.
const SMALLEST: u32 = 21;
/// Longest side that is searched, in pixels; a larger picture is made smaller.
const SEARCHED: u32 = 1_600;

/// Longest side of a picture that is made smoother as well, in pixels: a larger one is so when made smaller.
const SMOOTHED: u32 = 1_000;

/// Looks for QR codes.
pub(crate) fn look(content: &[u8], pixels: &mut u64) -> Inside {
    let Ok(mut reader) = ImageReader::new(Cursor::new(content)).with_guessed_format() else { return unread() };
    if reader.format().is_none() {
        // A kind that nobody here reads, such as HEIC: a phone's photograph.
        return unread();
    }
    let Some((width, height)) = ImageReader::new(Cursor::new(content))
        .with_guessed_format()
        .ok()
        .and_then(|reader| reader.into_dimensions().ok())
    else {
        return unread();
    };
    if width.min(height) < SMALLEST {
        return Inside::default();
    }
    let size = u64::from(width) * u64::from(height);
    if width.max(height) > LONGEST || size > *pixels {
        return unread();
    }
    *pixels -= size;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let Ok(picture) = reader.decode() else { return unread() };
    // What is transparent is seen on the white of the page.
    let luma = on_white(&picture);
    Inside { codes: kept(codes(&luma)), ..Inside::default() }
}

fn on_white(picture: &image::DynamicImage) -> GrayImage {
    if !picture.color().has_alpha() {
        return picture.to_luma8();
    }
    let both = picture.to_luma_alpha8();
    let blend = |pixel: &image::LumaA<u8>| {
        let [luma, alpha] = pixel.0.map(u16::from);
        u8::try_from((luma * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
    };
    let blended = both.pixels().map(blend).collect();
    GrayImage::from_raw(both.width(), both.height(), blended).unwrap_or_default()
}

/// What the QR codes in a picture say: dark on light or light on dark, pale or not, as they are or made smaller and
/// smoother. The first way by which any is read counts.
pub(crate) fn codes(picture: &GrayImage) -> Vec<String> {
    let longest = picture.width().max(picture.height());
    let fitted = (longest > SEARCHED).then(|| scaled(picture, SEARCHED));
    let picture = stretched(fitted.as_ref().unwrap_or(picture));
    let half = || (longest > 160).then(|| scaled(&picture, longest.min(SEARCHED) / 2));
    let smooth = || (longest <= SMOOTHED).then(|| imageops::blur(&picture, 1.0));
    [Box::new(|| Some(picture.clone())) as Box<dyn Fn() -> Option<GrayImage>>, Box::new(half), Box::new(smooth)]
        .into_iter()
        .filter_map(|way| way())
        .find_map(|way| {
            let found = read(&way);
            let found = if found.is_empty() { read(&inverted(way)) } else { found };
            (!found.is_empty()).then_some(found)
        })
        .unwrap_or_default()
}

fn read(picture: &GrayImage) -> Vec<String> {
    let luma = picture.as_raw().clone();
    let Ok(source) = Luma8LuminanceSource::new(luma, picture.width(), picture.height()) else { return Vec::new() };
    let hints = DecodeHints { TryHarder: Some(true), ..DecodeHints::default() };
    let mut bits = BinaryBitmap::new(HybridBinarizer::new(source));
    let found = QrReader.decode_multiple_with_hints(&mut bits, &hints).unwrap_or_default();
    found.into_iter().map(|code| code.getText().to_owned()).filter(|text| !text.trim().is_empty()).collect()
}

fn inverted(mut picture: GrayImage) -> GrayImage {
    imageops::invert(&mut picture);
    picture
}

fn scaled(picture: &GrayImage, longest: u32) -> GrayImage {
    let (width, height) = picture.dimensions();
    let of = |side: u32| {
        u32::try_from(u64::from(side) * u64::from(longest) / u64::from(width.max(height)).max(1)).unwrap_or(1).max(1)
    };
    imageops::thumbnail(picture, of(width), of(height))
}

/// The picture with its palest grey made white and its darkest black, but for a few pixels of each.
fn stretched(picture: &GrayImage) -> GrayImage {
    /// A share of the pixels that is passed over: dust.
    const DUST: usize = 200;
    let mut counts = [0_usize; 256];
    for grey in picture.as_raw() {
        if let Some(count) = counts.get_mut(usize::from(*grey)) {
            *count += 1;
        }
    }
    let dust = picture.as_raw().len() / DUST;
    let (dark, light) = (end(counts.iter().enumerate(), dust), end(counts.iter().enumerate().rev(), dust));
    if light <= dark {
        return picture.clone();
    }
    let mut picture = picture.clone();
    for pixel in picture.iter_mut() {
        let grey = usize::from(*pixel).clamp(dark, light);
        *pixel = u8::try_from((grey - dark) * 255 / (light - dark)).unwrap_or(u8::MAX);
    }
    picture
}

/// The first grey of an order behind the dust.
fn end<'a>(order: impl Iterator<Item = (usize, &'a usize)>, dust: usize) -> usize {
    let mut sum = 0;
    order
        .skip_while(|(_, count)| {
            sum += **count;
            sum <= dust
        })
        .map(|(grey, _)| grey)
        .next()
        .unwrap_or_default()
}
