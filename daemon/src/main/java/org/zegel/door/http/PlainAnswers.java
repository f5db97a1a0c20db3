package org.zegel.door.http;

import org.eclipse.jetty.http.HttpFields;

/** What every answer says, the refusing ones too: nothing of the server, and that no page may make use of it unseen. */
final class PlainAnswers {
    /**
     * {@code Cross-Origin-Resource-Policy} makes a page's image, script or {@code no-cors} fetch fail as if nobody
     * listened; the content policy keeps an answer that is shown from doing anything and from standing in a frame.
     */
    static final HttpFields HEADERS = HttpFields.build()
            .put("Cache-Control", "no-store")
            .put("X-Content-Type-Options", "nosniff")
            .put("Cross-Origin-Resource-Policy", "same-origin")
            .put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
            .asImmutable();

    private PlainAnswers() {}
}
