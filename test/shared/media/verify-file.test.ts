import { describe, expect, it } from '@jest/globals';
import { verifyFile } from '../../../shared/media/verify-file.ts';
import { aDocx, aPng, ascii, executable, jpeg, mp3, ogg, pdf, zip } from '../../support/media/contents.ts';

const office = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const csv = 'name;town\nÅsa;Umeå\n';

function taken(name: string, contentType: string, bytes: Uint8Array, more = {}) {
  return verifyFile({ name, bytes, contentType, ...more });
}

describe('a file that is what it says is taken', () => {
  it.each([
    { name: 'photo.jpg', type: 'image/jpeg', bytes: jpeg, as: 'photo.jpg' },
    { name: 'PHOTO.JPEG', type: 'IMAGE/JPG; q=1', bytes: jpeg, as: 'PHOTO.JPEG' },
    { name: 'File', type: 'image/jpeg', bytes: jpeg, as: 'File.jpg' },
    { name: 'contract v1.2', type: 'application/pdf', bytes: pdf, as: 'contract v1.2.pdf' },
    { name: 'example.com.pdf', type: 'application/pdf', bytes: ascii('\ufeff\n%PDF-1.7'), as: 'example.com.pdf' },
    { name: 'voice', type: 'audio/ogg; codecs=opus', bytes: ogg, as: 'voice.ogg' },
    { name: 'song.mp3', type: 'audio/mp3', bytes: mp3, as: 'song.mp3' },
    { name: 'cv.docx', type: office, bytes: aDocx(false), as: 'cv.docx' },
    { name: 'all.zip', type: 'application/x-zip-compressed', bytes: zip, as: 'all.zip' },
    { name: 'list.csv', type: 'text/csv; charset=utf-8', bytes: ascii(csv), as: 'list.csv' },
    { name: 'list.csv', type: 'application/vnd.ms-excel', bytes: ascii(csv), as: 'list.csv' },
    { name: 'cars', type: 'text/plain', bytes: ascii('BMW and others'), as: 'cars.txt' },
    { name: 'wide.txt', type: 'text/plain', bytes: Buffer.from('\ufeffHello', 'utf16le'), as: 'wide.txt' },
    {
      name: 'logo.svg',
      type: 'image/svg+xml',
      bytes: ascii('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      as: 'logo.svg',
    },
    { name: 'photo', type: 'application/octet-stream', bytes: jpeg, as: 'photo.jpg' },
    { name: 'data.json', type: 'application/json', bytes: ascii('{}'), as: 'data.json' },
  ])('$name of $type as $as', async ({ name, type, bytes, as }) => {
    expect(await taken(name, type, bytes)).toEqual({ name: as, contentType: type, bytes });
  });
});

describe('a file whose extension runs something is of the wrong type', () => {
  it.each([
    { name: 'invoice.pdf.exe', type: 'application/pdf', bytes: pdf },
    { name: 'offer.hta', type: 'text/plain', bytes: ascii('Hello') },
    { name: 'page.HTML', type: 'image/png', bytes: aPng },
    { name: 'link.lnk', type: 'text/plain', bytes: ascii('Hello') },
    { name: 'run.js', type: 'text/plain', bytes: ascii('alert(1)') },
    { name: 'cv.docm', type: 'application/msword', bytes: aDocx(true) },
    { name: 'x.exe. ', type: 'image/png', bytes: aPng },
    { name: 'invoice.pdf\u2800\u2800.exe\u3164', type: 'application/pdf', bytes: pdf },
    { name: 'File', type: 'application/octet-stream', bytes: executable },
  ])('$name of $type', async ({ name, type, bytes }) => {
    expect(await taken(name, type, bytes)).toBe('wrongType');
  });

  it('also where its header says so', async () => {
    const disposition = 'attachment; filename="invoice.html"';
    expect(await taken('x.png', 'image/png', aPng, { disposition })).toBe('wrongType');
  });
});

describe('a file is a mismatch', () => {
  it.each([
    { title: 'a page as an image', name: 'x.png', type: 'image/png', bytes: ascii('<script>alert(1)</script>') },
    { title: 'a page as a text', name: 'x.txt', type: 'text/plain', bytes: ascii(' \n<!DOCTYPE html><p>') },
    { title: 'a program as a PDF', name: 'x.pdf', type: 'application/pdf', bytes: executable },
    { title: 'a program as a text', name: 'x.txt', type: 'text/plain', bytes: ascii('MZ\u0090') },
    { title: 'bytes as a text', name: 'x.txt', type: 'text/plain', bytes: Buffer.from([0x41, 0, 0x42]) },
    { title: 'one picture as another', name: 'x.png', type: 'image/png', bytes: jpeg },
    { title: 'the extension of another type', name: 'x.png', type: 'image/jpeg', bytes: jpeg },
    { title: 'an SVG by its extension', name: 'x.svg', type: 'image/png', bytes: aPng },
    { title: 'macros in what says it has none', name: 'cv.docx', type: office, bytes: aDocx(true) },
    { title: 'an archive as a text document', name: 'cv.docx', type: office, bytes: zip },
    { title: 'a page before a PDF', name: 'x.pdf', type: 'application/pdf', bytes: ascii('<script></script>%PDF-1.7') },
    { title: 'nothing known as a picture', name: 'x.png', type: 'image/png', bytes: ascii('Hello') },
    { title: 'two types at once', name: 'x', type: 'image/png, text/html', bytes: aPng },
  ])('where it is $title', async ({ name, type, bytes }) => {
    expect(await taken(name, type, bytes)).toBe('mismatch');
  });
});
