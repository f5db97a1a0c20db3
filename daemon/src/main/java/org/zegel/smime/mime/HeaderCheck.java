package org.zegel.smime.mime;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.zegel.model.Finding;

/**
 * Whether all readers see the same in a header. What is pointed out here can be read in several ways, each of which
 * some program takes.
 */
final class HeaderCheck {
    /** Longest Content-Type that is looked at; a longer one is not what any mail program writes. */
    private static final int MAX_LENGTH = 16 * 1024;

    private static final Pattern TYPE = Pattern.compile("[^\\s;/\"()\\\\]++/[^\\s;/\"()\\\\]++\\s*+");
    private static final Pattern PARAMETER = Pattern.compile(
            "\\G;\\s*+(?:([^\\s=;\"()\\\\]++)=(\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"|[^\\s;\"()\\\\]++)\\s*+)?+");

    private HeaderCheck() {}

    static void check(Header header, Set<Finding> defects) {
        if (header.fields().stream().anyMatch(HeaderCheck::hasStrayControl)) {
            defects.add(Finding.AMBIGUOUS_HEADER);
        }
        List<HeaderField> types = header.all("Content-Type");
        if (types.size() > 1 || header.all("Content-Transfer-Encoding").size() > 1) {
            defects.add(Finding.DUPLICATE_CONTENT_FIELD);
        }
        if (!types.isEmpty()) {
            contentType(types.getFirst().value(), defects);
        }
    }

    /** NUL, where some readers end, and a carriage return of its own, which some take for the end of a line. */
    private static boolean hasStrayControl(HeaderField field) {
        for (byte b : field.raw()) {
            if (b == 0 || b == '\r') {
                return true;
            }
        }
        return false;
    }

    /** Comments, white space and quotes where readers do not expect them, and boundaries that need decoding. */
    private static void contentType(String value, Set<Finding> defects) {
        Matcher type = TYPE.matcher(value);
        if (value.length() > MAX_LENGTH || !type.lookingAt()) {
            defects.add(Finding.AMBIGUOUS_CONTENT_TYPE);
            return;
        }
        Matcher parameter = PARAMETER.matcher(value).region(type.end(), value.length());
        int end = type.end();
        while (parameter.find()) {
            end = parameter.end();
            if (parameter.group(1) != null) {
                boundary(parameter.group(1).toLowerCase(Locale.ROOT), parameter.group(2), defects);
            }
        }
        if (end < value.length()) {
            defects.add(Finding.AMBIGUOUS_CONTENT_TYPE);
        }
    }

    private static void boundary(String name, String value, Set<Finding> defects) {
        if (name.startsWith("boundary*")
                || name.equals("boundary") && value.chars().anyMatch(c -> c == '\\' || c < ' ' || c >= 0x7f)) {
            defects.add(Finding.AMBIGUOUS_BOUNDARY);
        }
    }
}
