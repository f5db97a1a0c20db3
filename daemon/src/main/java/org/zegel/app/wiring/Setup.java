package org.zegel.app.wiring;

import java.time.Clock;
import java.util.List;
import org.zegel.app.config.Home;
import org.zegel.app.config.Settings;
import org.zegel.app.helper.ModuleHelper;
import org.zegel.consent.Prompter;
import org.zegel.store.Store;
import org.zegel.store.cryptoki.helper.HelperCommand;
import org.zegel.trust.TrustOptions;

/**
 * What one Zegel is built from.
 *
 * @param named stores of keys that this process was given by name or made itself: used without a question
 * @param more further stores, whose keys are asked for as any
 * @param trust what a command line named for its own calls, instead of what is configured
 */
public record Setup(
        Home home,
        Settings settings,
        Prompter prompter,
        Clock clock,
        List<Store> named,
        List<Store> more,
        HelperCommand helper,
        TrustOptions trust,
        String version) {
    public Setup {
        named = List.copyOf(named);
        more = List.copyOf(more);
    }

    /** Nothing but what is configured. */
    public static Setup of(Home home, Settings settings, Prompter prompter, Clock clock) {
        return new Setup(
                home,
                settings,
                prompter,
                clock,
                List.of(),
                List.of(),
                ModuleHelper.command(),
                TrustOptions.DEFAULT,
                Versions.current());
    }

    public Setup withNamed(List<? extends Store> stores) {
        return new Setup(home, settings, prompter, clock, List.copyOf(stores), more, helper, trust, version);
    }

    public Setup withMore(List<? extends Store> stores) {
        return new Setup(home, settings, prompter, clock, named, List.copyOf(stores), helper, trust, version);
    }

    /** @param other how helpers for PKCS#11 modules are started */
    public Setup withHelper(HelperCommand other) {
        return new Setup(home, settings, prompter, clock, named, more, other, trust, version);
    }

    public Setup withTrust(TrustOptions options) {
        return new Setup(home, settings, prompter, clock, named, more, helper, options, version);
    }
}
