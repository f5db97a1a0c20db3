package org.zegel.store.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zegel.app.helper.ModuleHelper;
import org.zegel.fixtures.MovableClock;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.card.CardRig;
import org.zegel.fixtures.card.OpenSc;
import org.zegel.fixtures.card.PivCard;
import org.zegel.fixtures.card.TestCards;
import org.zegel.store.Store;
import org.zegel.store.StoreInfo;
import org.zegel.store.Stores;
import org.zegel.store.TokenInfo;
import org.zegel.store.cryptoki.ModuleSpec;
import org.zegel.store.cryptoki.helper.HelperCommand;
import org.zegel.store.cryptoki.helper.HelperLimits;
import org.zegel.store.cryptoki.helper.ModuleProcesses;
import org.zegel.store.pkcs11.FoundModules.FoundModule;

/** What is told of cards that come and go, through pcscd and OpenSC. */
@Timeout(120)
class CardListTest {
    private static final TestCards CARDS = new TestCards(TestAuthority.root("Card CA"));
    private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

    @Test
    void tellsWhereACardIsAndThatItIsAwayAndThatNoServiceRuns() throws InterruptedException {
        AtomicBoolean service = new AtomicBoolean(true);
        ModuleSpec spec = new ModuleSpec("OpenSC", OpenSc.module(), null);
        try (CardRig rig = CardRig.start(2);
                ModuleProcesses modules = new ModuleProcesses(
                        new HelperCommand(ModuleHelper.command().command(), rig.environment()),
                        HelperLimits.STANDARD)) {
            Pkcs11Stores source = new Pkcs11Stores(
                    () -> List.of(new FoundModule(spec, null)),
                    modules,
                    new MovableClock(),
                    Duration.ofMinutes(5),
                    service::get);
            Stores stores = new Stores(() -> {}, List.of(source));
            assertThat(stores.tokens()).isEmpty();
            assertThat(stores.all().getFirst().info().problem()).contains("No card is in the reader");

            PivCard card = CARDS.rsa("Jansen", "jan@example.org");
            rig.reader(0).insert(card);
            TokenInfo there = await(stores, TokenInfo.State.LOCKED);
            assertThat(there.pin()).isEqualTo(TokenInfo.Pin.OK);
            assertThat(there.module()).isEqualTo("OpenSC");
            assertThat(there.reader()).isNotEmpty();

            rig.reader(0).remove();
            TokenInfo away = await(stores, TokenInfo.State.ABSENT);
            assertThat(away.reader()).isNull();
            assertThat(away.pin()).isNull();
            assertThat(away.store().id()).isEqualTo(there.store().id());

            rig.reader(1).insert(card);
            TokenInfo back = await(stores, TokenInfo.State.LOCKED);
            assertThat(back.reader()).isNotEqualTo(there.reader());
            assertThat(card.pinTries()).isEqualTo(PivCard.TRIES);

            rig.killPcscd();
            service.set(false);
            await(stores, TokenInfo.State.ABSENT);
            assertThat(stores.all().stream().map(Store::info)).singleElement().satisfies(info -> {
                assertThat(info.state()).isEqualTo(StoreInfo.State.FAILED);
                assertThat(info.problem()).contains("PC/SC");
            });
        }
    }

    /** The system sees a card that comes or goes a moment later. */
    private static TokenInfo await(Stores stores, TokenInfo.State state) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        List<TokenInfo> tokens = stores.tokens();
        while (tokens.stream().noneMatch(token -> token.state() == state) && System.nanoTime() < end) {
            Thread.sleep(50);
            tokens = stores.tokens();
        }
        assertThat(tokens).singleElement().extracting(TokenInfo::state).isEqualTo(state);
        return tokens.getFirst();
    }
}
