package org.zegel.door;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often those may ask whom no token names yet: each caller by itself, so that none shuts out another, and all whom
 * nobody let in together.
 */
public final class RateLimits {
    /** What is counted: so many at once and then one each interval, for one caller and for all strangers. */
    public enum Deed {
        HELLO(60, 200, 240, 50),
        /** A greeting at the local socket, where all callers are programs of this person's, and their number is limited. */
        LOCAL_HELLO(240, 20, Integer.MAX_VALUE, 1),
        PAIR(10, 5000, 20, 1000),
        PREFLIGHT(30, 400, 120, 100),
        /** Tokens that were refused; a caller that has used these up is not asked for more until some time has gone by. */
        REFUSED_TOKEN(10, 2000, Integer.MAX_VALUE, 1);

        private final int burst;
        private final long intervalMillis;
        private final int burstOfAll;
        private final long intervalMillisOfAll;

        Deed(int burst, long intervalMillis, int burstOfAll, long intervalMillisOfAll) {
            this.burst = burst;
            this.intervalMillis = intervalMillis;
            this.burstOfAll = burstOfAll;
            this.intervalMillisOfAll = intervalMillisOfAll;
        }
    }

    /** Callers that are told apart at the same time; the one not seen for longest is forgotten. */
    public static final int MAX_CALLERS = 512;

    private record Key(Deed deed, String caller) {}

    private record Crowd(Deed deed, boolean web) {}

    private final Map<Deed, Map<Key, RateLimit>> callers = new EnumMap<>(Deed.class);
    private final Map<Crowd, RateLimit> crowds = new LinkedHashMap<>();

    /** Counts one deed of this caller; false when it was one too many. */
    public synchronized boolean allow(Deed deed, Visitor caller) {
        if (!own(deed, caller).tryPass()) {
            return false;
        }
        return caller.known()
                || crowds.computeIfAbsent(
                                new Crowd(deed, caller.web()),
                                crowd -> new RateLimit(deed.burstOfAll, deed.intervalMillisOfAll))
                        .tryPass();
    }

    /** Whether one more would be allowed; counts nothing. */
    public synchronized boolean allows(Deed deed, Visitor caller) {
        return own(deed, caller).wouldPass();
    }

    /** Whether nobody has done this of late. */
    public synchronized boolean isQuiet(Deed deed) {
        return callers(deed).values().stream().allMatch(RateLimit::isFull);
    }

    private RateLimit own(Deed deed, Visitor caller) {
        return callers(deed)
                .computeIfAbsent(new Key(deed, caller.key()), key -> new RateLimit(deed.burst, deed.intervalMillis));
    }

    private Map<Key, RateLimit> callers(Deed deed) {
        return callers.computeIfAbsent(deed, kind -> new Recent());
    }

    private static final class Recent extends LinkedHashMap<Key, RateLimit> {
        private static final long serialVersionUID = 1L;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, RateLimit> eldest) {
            return size() > MAX_CALLERS;
        }
    }
}
