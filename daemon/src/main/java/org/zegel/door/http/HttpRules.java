package org.zegel.door.http;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.zegel.dispatch.Gate;
import org.zegel.dispatch.Session;
import org.zegel.door.Activity;
import org.zegel.door.RateLimits;
import org.zegel.door.Visitor;
import org.zegel.model.Caller;
import org.zegel.model.Door;
import org.zegel.protocol.ErrorCode;
import org.zegel.protocol.Limits;

/**
 * Looks at every request before its body is read, in a fixed order: Host, whose connection, path and method,
 * Sec-Fetch-Mode and the null Origin, Content-Type and encoding, Origin, rate, token, size.
 */
final class HttpRules {
    private static final String BEARER = "Bearer ";
    private static final int MAX_TOKEN = 512;
    private static final int MAX_ORIGIN = 512;
    private static final String PREFLIGHT_AGE = "600";

    private final Gate gate;
    private final Origins origins;
    private final Activity activity;
    private final Set<String> hosts;
    private final int port;
    private final RateLimits rates = new RateLimits();
    private final AtomicLong counter = new AtomicLong();

    HttpRules(Gate gate, Origins origins, Activity activity, int port) {
        this.gate = gate;
        this.origins = origins;
        this.activity = activity;
        this.port = port;
        this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
    }

    /** Applies all rules. A preflight is answered here; whatever else passes has a {@link Visit}. */
    void apply(Context context) throws Refusal {
        HttpServletRequest request = context.req();
        checkHost(request);
        checkPeer(request);
        boolean preflight = request.getMethod().equals("OPTIONS");
        Route route = route(context, request, preflight);
        checkFetchMode(request);
        if (!preflight) {
            checkContentType(request);
            checkEncoding(request);
        }
        String origin = checkOrigin(route, only(request, "Origin"), preflight);
        if (origin != null) {
            context.header("Access-Control-Allow-Origin", origin);
            context.header("Vary", "Origin");
        }
        if (preflight) {
            checkRate(RateLimits.Deed.PREFLIGHT, caller(origin, request));
            answerPreflight(context, route);
            return;
        }
        visit(route, origin, request).attachTo(context);
    }

    private void checkHost(HttpServletRequest request) throws Refusal {
        String host = only(request, "Host");
        // A target may be a whole address, and of another scheme than ours.
        boolean otherScheme = !"http".equals(request.getScheme());
        if (otherScheme || host == null || !hosts.contains(host.toLowerCase(Locale.ROOT))) {
            throw new Refusal(421, ErrorCode.INVALID_REQUEST, "This is not the host you are looking for.");
        }
    }

    private static void checkPeer(HttpServletRequest request) throws Refusal {
        Connections.Link link = Connections.Link.of(request);
        if (link == null || !link.isOwn()) {
            throw forbidden("Zegel serves one person of this machine.");
        }
    }

    private static Route route(Context context, HttpServletRequest request, boolean preflight) throws Refusal {
        Route route = Route.at(request.getRequestURI())
                .orElseThrow(() -> new Refusal(404, ErrorCode.METHOD_NOT_FOUND, "There is nothing here."));
        if (!preflight && !route.methods().contains(request.getMethod())) {
            context.header("Allow", allowed(route));
            throw new Refusal(405, ErrorCode.METHOD_NOT_FOUND, "This path does not take this method.");
        }
        return route;
    }

    private static void checkFetchMode(HttpServletRequest request) throws Refusal {
        String mode = only(request, "Sec-Fetch-Mode");
        if (mode != null && !mode.equals("cors") && !mode.equals("same-origin")) {
            throw forbidden("Only fetch() in its mode cors is served.");
        }
        if ("null".equals(only(request, "Origin"))) {
            throw forbidden("An origin is needed that is not null.");
        }
    }

    private static void checkContentType(HttpServletRequest request) throws Refusal {
        String needed = switch (request.getMethod()) {
            case "POST" -> "application/json";
            case "PUT" -> "application/octet-stream";
            default -> null;
        };
        String given = only(request, "Content-Type");
        if (needed == null) {
            return;
        }
        String type = given == null ? "" : given.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!type.equals(needed)) {
            throw new Refusal(415, ErrorCode.INVALID_REQUEST, "The Content-Type must be " + needed + ".");
        }
    }

    /** A body that is packed would be larger than any limit says. */
    private static void checkEncoding(HttpServletRequest request) throws Refusal {
        String transfer = only(request, "Transfer-Encoding");
        if (transfer != null && !transfer.equalsIgnoreCase("chunked")) {
            throw new Refusal(400, ErrorCode.INVALID_REQUEST, "The only Transfer-Encoding is chunked.");
        }
        String encoding = only(request, "Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new Refusal(415, ErrorCode.INVALID_REQUEST, "The body must not be compressed.");
        }
    }

    private @Nullable String checkOrigin(Route route, @Nullable String origin, boolean preflight) throws Refusal {
        if (origin == null) {
            if (preflight) {
                throw forbidden("A preflight names its origin.");
            }
            return null;
        }
        if (origin.length() > MAX_ORIGIN || !(route.open() ? origins.mayAsk(origin) : origins.isPaired(origin))) {
            throw forbidden("This origin is not paired.");
        }
        return origin;
    }

    private static void answerPreflight(Context context, Route route) {
        context.header("Access-Control-Allow-Methods", allowed(route));
        context.header("Access-Control-Allow-Headers", "authorization, content-type");
        context.header("Access-Control-Max-Age", PREFLIGHT_AGE);
        context.status(204);
        context.skipRemainingHandlers();
    }

    private Visit visit(Route route, @Nullable String origin, HttpServletRequest request) throws Refusal {
        if (route == Route.HELLO || route == Route.PAIR) {
            checkRate(route == Route.HELLO ? RateLimits.Deed.HELLO : RateLimits.Deed.PAIR, caller(origin, request));
        }
        String connection = "http-" + counter.incrementAndGet();
        Caller caller = new Caller(Door.HTTP, origin, null, null, connection, mayOmitOrigin(request)).withPort(port);
        Connections.Link link = Connections.Link.of(request);
        if (link != null) {
            caller = caller.withUser(link.user());
            // To look for it takes a while, and only who is paired is shown with it.
            caller = route == Route.PAIR ? caller.withProcess(link.process(), link.program()) : caller;
        }
        Session session = gate.enter(caller);
        boolean in = false;
        try {
            if (!route.open()) {
                checkToken(session, origin, request);
            }
            checkSize(route, request);
            in = true;
        } finally {
            if (!in) {
                session.close();
            }
        }
        return new Visit(session, activity.enter());
    }

    /**
     * A token that a web or extension Origin paired for is refused without that Origin, but for one case. Browsers send
     * Origin with every POST and PUT, and with every GET of a page that carries an Authorization header, since that is
     * a CORS request. The GET of an extension that has the host permission is none, and has no Origin; it is no page's
     * doing either, and Sec-Fetch-Site, which no script can set, says {@code none}. A GET without Sec-Fetch-Site comes
     * from no browser of today, but from a program that holds the token.
     */
    private static boolean mayOmitOrigin(HttpServletRequest request) throws Refusal {
        String site = only(request, "Sec-Fetch-Site");
        return request.getMethod().equals("GET") && (site == null || site.equals("none"));
    }

    private void checkRate(RateLimits.Deed deed, Visitor caller) throws Refusal {
        if (!rates.allow(deed, caller)) {
            throw tooMany();
        }
    }

    private static Refusal tooMany() {
        return new Refusal(429, ErrorCode.BUSY, "Too many requests; wait a little.");
    }

    /** Whom limits of rate count this request to. */
    private Visitor caller(@Nullable String origin, HttpServletRequest request) {
        if (origin != null) {
            return Visitor.ofOrigin(origin, origins.isPaired(origin));
        }
        Connections.Link link = Connections.Link.of(request);
        return Visitor.ofProcess(link == null ? null : link.process());
    }

    /** Who has shown too many wrong tokens is not listened to for a while, whatever the next one is. */
    private void checkToken(Session session, @Nullable String origin, HttpServletRequest request) throws Refusal {
        if (!rates.isQuiet(RateLimits.Deed.REFUSED_TOKEN)
                && !rates.allows(RateLimits.Deed.REFUSED_TOKEN, caller(origin, request))) {
            throw tooMany();
        }
        String value = only(request, "Authorization");
        String token =
                value != null && value.length() <= MAX_TOKEN && value.regionMatches(true, 0, BEARER, 0, BEARER.length())
                        ? value.substring(BEARER.length()).strip()
                        : "";
        if (token.isEmpty() || !session.authenticate(token)) {
            if (!token.isEmpty()) {
                rates.allow(RateLimits.Deed.REFUSED_TOKEN, caller(origin, request));
            }
            throw new Refusal(401, ErrorCode.NOT_PAIRED, "Pair with Zegel first, at /pair, and send its token.");
        }
        Connections.Link link = Connections.Link.of(request);
        if (link != null) {
            link.markUsed();
        }
    }

    private static void checkSize(Route route, HttpServletRequest request) throws Refusal {
        long limit = switch (route) {
            case HELLO, PAIR -> Limits.MAX_GREETING;
            case RPC -> Limits.MAX_INCOMING;
            // Checked against the client's quota where the bytes go.
            case CONTENTS, CONTENT, EVENTS -> Long.MAX_VALUE;
        };
        if (request.getContentLengthLong() > limit) {
            throw new Refusal(413, ErrorCode.CONTENT_TOO_LARGE, "The body is longer than " + limit + " bytes.");
        }
    }

    private static String allowed(Route route) {
        return String.join(", ", new TreeSet<>(route.methods()));
    }

    /** A header's value; one that is there twice is nothing that any rule accepts. */
    private static @Nullable String only(HttpServletRequest request, String name) throws Refusal {
        List<String> values = Collections.list(request.getHeaders(name));
        if (values.size() > 1) {
            throw new Refusal(400, ErrorCode.INVALID_REQUEST, "The header " + name + " is there twice.");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    private static Refusal forbidden(String message) {
        return new Refusal(403, ErrorCode.POLICY_FORBIDS, message);
    }
}
