/** A kind of file: its declared types, its extensions, and the types that its content may be detected as. */
export type Format = {
  types: readonly string[];
  extensions: readonly string[];
  content: readonly string[] | 'text' | 'markup';
  /** True if the format is not in the table. */
  isUnknown?: boolean;
};

function split(text: string): string[] {
  return text.split(' ');
}
function format(types: string, extensions: string, content = types): Format {
  return {
    types: split(types),
    extensions: split(extensions),
    content: split(content),
  };
}
function textual(types: string, extensions: string, content: 'text' | 'markup' = 'text'): Format {
  return {
    types: split(types),
    extensions: split(extensions),
    content,
  };
}

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const OPEN = 'application/vnd.oasis.opendocument';

/** Files without an extension get the first one. Browsers and servers use different names for a type. */
export const formats: readonly Format[] = [
  format('image/jpeg image/jpg image/pjpeg', 'jpg jpeg jpe jfif'),
  format('image/png image/x-png image/apng', 'png apng'),
  format('image/gif', 'gif'),
  format('image/webp', 'webp'),
  format('image/bmp image/x-bmp image/x-ms-bmp', 'bmp dib'),
  format('image/tiff', 'tif tiff'),
  format('image/heic image/heif image/heic-sequence image/heif-sequence', 'heic heif'),
  format('image/avif', 'avif'),
  format('image/jxl', 'jxl'),
  format('image/x-icon image/vnd.microsoft.icon', 'ico'),
  textual('image/svg+xml', 'svg', 'markup'),
  format('video/mp4 video/x-m4v video/quicktime video/3gpp video/3gpp2', 'mp4 m4v mov qt 3gp 3g2', isoMedia()),
  format('audio/mp4 audio/x-m4a audio/m4a audio/3gpp', 'm4a mp4 3gp', isoMedia()),
  format('video/webm audio/webm video/x-matroska video/matroska audio/x-matroska', 'webm weba mkv mka'),
  format('audio/ogg audio/opus video/ogg application/ogg', 'ogg oga ogv opus spx'),
  format('audio/mpeg audio/mp3 audio/x-mp3 audio/x-mpeg', 'mp3 mp2 mpga'),
  format('audio/aac audio/aacp audio/x-aac', 'aac'),
  format('audio/amr', 'amr'),
  format('audio/wav audio/x-wav audio/wave audio/vnd.wave', 'wav'),
  format('audio/flac audio/x-flac', 'flac'),
  format('audio/aiff audio/x-aiff', 'aif aiff'),
  format('video/mpeg', 'mpg mpeg', 'video/mpeg video/mp1s video/mp2p'),
  format('video/vnd.avi video/x-msvideo video/avi', 'avi'),
  format('application/pdf application/x-pdf', 'pdf'),
  format('application/zip application/x-zip-compressed', 'zip'),
  format('application/msword', 'doc dot', 'application/x-cfb'),
  format('application/vnd.ms-excel', 'xls xlt', 'application/x-cfb'),
  format('application/vnd.ms-powerpoint', 'ppt pps', 'application/x-cfb'),
  format(`${OFFICE}.wordprocessingml.document`, 'docx'),
  format(`${OFFICE}.spreadsheetml.sheet`, 'xlsx'),
  format(`${OFFICE}.presentationml.presentation`, 'pptx'),
  format(`${OPEN}.text`, 'odt'),
  format(`${OPEN}.spreadsheet`, 'ods'),
  format(`${OPEN}.presentation`, 'odp'),
  format('application/rtf text/rtf', 'rtf'),
  textual('text/plain', 'txt text log md'),
  // Browsers on Windows name the type of the program that opens the file.
  textual('text/csv application/csv text/comma-separated-values application/vnd.ms-excel text/plain', 'csv tsv'),
  format('text/calendar', 'ics'),
  format('text/vcard text/x-vcard', 'vcf'),
  textual('text/xml application/xml', 'xml', 'markup'),
];

/** Audio and video share one container. */
function isoMedia(): string {
  return 'video/mp4 audio/mp4 audio/x-m4a video/x-m4v video/quicktime video/3gpp video/3gpp2';
}

/** Extensions of files that run on somebody's machine. */
export const executableExtensions: ReadonlySet<string> = new Set(
  split(
    [
      'exe com scr pif bat cmd msi msp mst msix msixbundle appx appxbundle cpl dll sys drv ocx gadget application',
      'hta htm html xhtml xht shtml mht mhtml jsp asp aspx php phtml xsl swf jar jnlp class apk ipa app dmg pkg deb rpm run',
      'js jse mjs cjs vbs vbe vb ws wsf wsh wsc sct ps1 psm1 psd1 sh bash zsh csh ksh fish command workflow action',
      'py pyc pyw rb pl lnk url webloc desktop scf inf reg chm hlp iso img vhd vhdx wim cab diagcab',
      'docm dotm xlsm xltm xlam xlsb xll xla wll pptm potm ppam ppsm sldm accdb accde mdb mde ade adp iqy slk one onepkg',
    ].join(' '),
  ),
);
