package org.zegel.door;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Caller;

/**
 * Whom the limits of rate count as one.
 *
 * @param key the site of a page, an extension, or a process
 * @param web it comes with an Origin: a page or an extension
 * @param known the Origin is paired
 */
public record Visitor(String key, boolean web, boolean known) {
    /** A page or an extension. Sub-domains cost nothing, so the last two labels of a host count as one caller. */
    public static Visitor ofOrigin(String origin, boolean paired) {
        return new Visitor(paired ? origin : site(origin), true, paired);
    }

    /** A program of this person's; null where its process cannot be told. */
    public static Visitor ofProcess(@Nullable Long process) {
        return new Visitor(process == null ? "program" : "process " + process, false, false);
    }

    /** A caller at the local socket: the extension that a relay speaks for, or a process. */
    public static Visitor ofLocal(Caller caller) {
        String origin = caller.origin();
        return origin == null ? ofProcess(caller.process()) : new Visitor(origin, true, false);
    }

    private static String site(String origin) {
        try {
            URI uri = URI.create(origin);
            String host = uri.getHost();
            if (host == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return origin;
            }
            boolean name = !host.startsWith("[") && !host.matches(".*\\.[0-9]+");
            String[] labels = host.toLowerCase(Locale.ROOT).split("\\.");
            return name && labels.length > 2 ? labels[labels.length - 2] + '.' + labels[labels.length - 1] : host;
        } catch (IllegalArgumentException odd) {
            return "odd";
        }
    }
}
