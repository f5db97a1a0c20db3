package org.zegel.peers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A message as some program might have written it, made from a seed, beside its canonical form and what it says.
 *
 * <p>The canonical form is what opening must give back for everything that travels inside CMS: the fields that do not
 * describe the body in their order, MIME-Version last among them where there was none, then the Content-* fields; every
 * line end CRLF but for those of data (a part declared binary that is no text).
 *
 * @param written the message, its line ends CRLF, LF or a mix
 * @param canonical the same in canonical form
 * @param leaves what the parts decode to, in order; line ends of text are LF
 */
record GeneratedMail(byte[] written, byte[] canonical, List<String> leaves) {
    private static final List<Charset> CHARSETS = List.of(
            StandardCharsets.US_ASCII,
            StandardCharsets.UTF_8,
            StandardCharsets.ISO_8859_1,
            Charset.forName("windows-1252"),
            Charset.forName("Shift_JIS"));
    private static final List<String> WORDS = List.of(
            "Grüße",
            "two",
            "words",
            "",
            " ",
            "\t",
            ".",
            "..",
            "From here",
            ">From",
            "--",
            "-- ",
            "=3D",
            "=",
            "x=",
            "日本",
            "€ 5",
            "\"quoted\"",
            "--other",
            "word ".repeat(210),
            "a\u0000b",
            "trailing ",
            "\u00a0",
            "Content-Type: none");

    static GeneratedMail of(long seed) {
        return new Maker(new Random(seed)).message();
    }

    @Override
    public String toString() {
        return new String(written, ISO_8859_1);
    }

    private enum LineEnds {
        CRLF,
        LF,
        MIXED
    }

    /** Writes both forms at once. */
    private static final class Maker {
        private final Random random;
        private final LineEnds lineEnds;
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private final ByteArrayOutputStream canonical = new ByteArrayOutputStream();
        private final List<String> leaves = new ArrayList<>();
        private int boundaries;

        Maker(Random random) {
            this.random = random;
            this.lineEnds = LineEnds.values()[random.nextInt(3)];
        }

        GeneratedMail message() {
            List<String> outer = new ArrayList<>(List.of(
                    "From: Alice <alice@example.org>",
                    "To: Bob\n <bob@example.org>,\n\tCarol <carol@example.org>",
                    "Subject: =?utf-8?Q?Gr=C3=BC?=\n =?utf-8?Q?=C3=9Fe?=",
                    "X-Spaces:   as  written\t ",
                    "X-Empty:",
                    "X-Raw: raw ü",
                    "x-lower: case kept"));
            for (int i = random.nextInt(30); i > 0; i--) {
                outer.add("X-Field-" + i + ": " + "value ".repeat(random.nextInt(12)) + "end");
            }
            boolean version = random.nextBoolean();
            if (version) {
                outer.add(random.nextInt(outer.size()), "MIME-Version: 1.0");
            }
            ByteArrayOutputStream fields = new ByteArrayOutputStream();
            Entity root = entity(0);
            int cut = random.nextInt(outer.size());
            List<String> around = new ArrayList<>(outer);
            around.addAll(cut, root.header());
            for (String field : around) {
                both(fields, field + "\n", StandardCharsets.UTF_8);
            }
            written.writeBytes(fields.toByteArray());
            canonical.reset();
            for (String field : outer) {
                canonical.writeBytes(crLf(field + "\n", StandardCharsets.UTF_8));
            }
            if (!version) {
                canonical.writeBytes(crLf("MIME-Version: 1.0\n", StandardCharsets.UTF_8));
            }
            for (String field : root.header()) {
                canonical.writeBytes(crLf(field + "\n", StandardCharsets.UTF_8));
            }
            line("");
            root.body().run();
            return new GeneratedMail(written.toByteArray(), canonical.toByteArray(), leaves);
        }

        /** The Content-* fields of an entity, and the writing of its body. */
        private record Entity(List<String> header, Runnable body) {}

        private Entity entity(int depth) {
            int kind = random.nextInt(10);
            if (kind < 4 && depth < 4) {
                return multipart(depth);
            }
            return kind < 7 ? text() : kind < 9 ? attachment() : data();
        }

        private Entity multipart(int depth) {
            String boundary = "part" + boundaries++ + (random.nextBoolean() ? "" : " of (a) multipart'+_,-./:=?x");
            List<Entity> parts = new ArrayList<>();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                parts.add(entity(depth + 1));
            }
            String type = pick(List.of("mixed", "alternative", "related", "x-own"));
            List<String> header = new ArrayList<>(
                    List.of("Content-Type: multipart/" + type + ";\n\tboundary=\"" + boundary + "\"; x=\"a b\""));
            if (random.nextInt(3) == 0) {
                header.add("Content-Transfer-Encoding: 8bit");
            }
            boolean preamble = random.nextBoolean();
            boolean epilogue = random.nextBoolean();
            boolean partFields = random.nextBoolean();
            return new Entity(header, () -> {
                if (preamble) {
                    line("This is a preamble.");
                    line("");
                }
                for (Entity part : parts) {
                    line("--" + boundary);
                    part.header().forEach(this::line);
                    if (partFields) {
                        line("X-Part: kept\n where it was");
                    }
                    line("");
                    part.body().run();
                    line("");
                }
                text("--" + boundary + "--", StandardCharsets.US_ASCII);
                if (epilogue) {
                    line("");
                    line("An epilogue.");
                }
            });
        }

        private Entity text() {
            Charset charset = pick(CHARSETS);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(6); i > 0; i--) {
                text.append(pick(WORDS)).append(random.nextInt(3) == 0 ? " " : "\n");
            }
            String said = new String(text.toString().getBytes(charset), charset).replace('\u0000', '0');
            byte[] bytes = said.getBytes(charset);
            String encoded = pick(List.of("8bit", "none", "base64", "quoted-printable"));
            List<String> header = new ArrayList<>(List.of("Content-Type: text/" + pick(List.of("plain", "html"))
                    + "; charset=" + charset.name().toLowerCase(Locale.ROOT)));
            if (!encoded.equals("none")) {
                header.add("Content-Transfer-Encoding: " + encoded);
            }
            return new Entity(header, () -> {
                leaves.add(new String(bytes, ISO_8859_1));
                switch (encoded) {
                    case "base64" -> text(base64(crLf(bytes), 10 + random.nextInt(66)), StandardCharsets.US_ASCII);
                    case "quoted-printable" -> text(quotedPrintable(bytes), StandardCharsets.US_ASCII);
                    default -> text(new String(bytes, ISO_8859_1), ISO_8859_1);
                }
            });
        }

        private Entity attachment() {
            byte[] bytes = noise();
            return new Entity(
                    List.of(
                            "Content-Type: application/octet-stream;\n name*=utf-8''%C3%BCber.bin",
                            "content-transfer-encoding: BASE64",
                            "Content-Disposition: attachment;\n filename*=utf-8''%C3%BCber.bin"),
                    () -> {
                        leaves.add(new String(bytes, ISO_8859_1));
                        text(base64(bytes, 76), StandardCharsets.US_ASCII);
                    });
        }

        private Entity data() {
            byte[] bytes = noise();
            return new Entity(List.of("Content-Type: image/x-own", "Content-Transfer-Encoding: binary"), () -> {
                leaves.add(new String(bytes, ISO_8859_1));
                written.writeBytes(bytes);
                canonical.writeBytes(bytes);
            });
        }

        private byte[] noise() {
            byte[] bytes = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(300)];
            random.nextBytes(bytes);
            // A return before the line feed of a boundary would be read as part of that line end.
            if (bytes.length > 0 && bytes[bytes.length - 1] == '\r') {
                bytes[bytes.length - 1] = 'r';
            }
            return bytes;
        }

        private void line(String line) {
            text(line + "\n", StandardCharsets.UTF_8);
        }

        private void text(String text, Charset charset) {
            both(written, text, charset);
        }

        private void both(ByteArrayOutputStream into, String text, Charset charset) {
            canonical.writeBytes(crLf(text, charset));
            StringBuilder mixed = new StringBuilder();
            for (char c : text.toCharArray()) {
                boolean full = lineEnds == LineEnds.CRLF || (lineEnds == LineEnds.MIXED && random.nextBoolean());
                mixed.append(c == '\n' && full ? "\r\n" : String.valueOf(c));
            }
            into.writeBytes(mixed.toString().getBytes(charset));
        }

        private <T> T pick(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }

        private static byte[] crLf(String text, Charset charset) {
            return text.replace("\n", "\r\n").getBytes(charset);
        }

        private static byte[] crLf(byte[] text) {
            return crLf(new String(text, ISO_8859_1), ISO_8859_1);
        }

        private static String base64(byte[] bytes, int width) {
            return Base64.getMimeEncoder(width, new byte[] {'\n'}).encodeToString(bytes);
        }

        /** Every byte that is no letter encoded, with soft line breaks now and then. */
        private String quotedPrintable(byte[] bytes) {
            StringBuilder out = new StringBuilder();
            for (byte b : bytes) {
                if (b == '\n') {
                    out.append('\n');
                } else if (Character.isLetter(b) || b == '.') {
                    out.append((char) b);
                } else {
                    out.append(String.format("=%02X", b & 0xff));
                }
                if (random.nextInt(40) == 0) {
                    out.append("=\n");
                }
            }
            return out.toString();
        }
    }
}
