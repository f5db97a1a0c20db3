package org.zegel.store.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.zegel.consent.TestConsent;
import org.zegel.model.Identity;
import org.zegel.store.Store;
import org.zegel.store.StoreInfo;
import org.zegel.store.Stores;
import org.zegel.store.TokenInfo;
import org.zegel.store.cryptoki.ModuleSpec;
import org.zegel.store.pkcs11.FoundModules.FoundModule;

/** What is told of tokens and their modules. */
class TokenListTest extends SoftTokenFixture {
    private final AtomicReference<List<FoundModule>> found =
            new AtomicReference<>(List.of(new FoundModule(soft.spec(), null)));
    private final Pkcs11Stores source = new Pkcs11Stores(found::get, modules, clock, MINUTES, () -> true);
    private final Stores all = new Stores(() -> {}, List.of(source));

    private TokenInfo token() {
        return all.tokens().stream()
                .filter(token -> token.store().name().equals("Zegel test"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tellsWhereATokenIsAndHowItsPinFares() throws Exception {
        TokenInfo before = token();
        assertThat(before.state()).isEqualTo(TokenInfo.State.LOCKED);
        assertThat(before.pin()).isEqualTo(TokenInfo.Pin.OK);
        assertThat(before.pinAtReader()).isFalse();
        assertThat(before.module()).isEqualTo(soft.spec().name());
        assertThat(before.reader()).isNotEmpty();

        Store store = store(source);
        Identity alice = identity(store, RSA);
        TestConsent person = TestConsent.person("1111".toCharArray());
        failing(() -> store.bind(alice, person.forKeyUse(alice)));
        assertThat(token().pin()).isEqualTo(TokenInfo.Pin.WRONG_GIVEN);
        assertThat(token().store().problem()).contains("was wrong");

        store.bind(alice, TestConsent.granting(alice, PIN)).close();
        assertThat(token().state()).isEqualTo(TokenInfo.State.UNLOCKED);
        assertThat(token().pin()).isEqualTo(TokenInfo.Pin.OK);
        store.locking().orElseThrow().lock();
    }

    @Test
    void endsAModuleThatIsUsedNoMoreWithItsLoginAndItsTokens() throws Exception {
        Store store = store(source);
        Identity alice = identity(store, RSA);
        store.bind(alice, TestConsent.granting(alice, PIN)).close();
        assertThat(modules.running()).isPositive();

        found.set(List.of(new FoundModule(soft.spec(), "Anybody can change it.")));
        assertThat(all.tokens()).isEmpty();
        assertThat(source.known()).isEmpty();
        assertThat(modules.running()).isZero();
        assertThat(store.info().state()).isEqualTo(StoreInfo.State.FAILED);

        found.set(List.of(new FoundModule(soft.spec(), null)));
        assertThat(token().state()).isEqualTo(TokenInfo.State.LOCKED);
    }

    @Test
    void isNotDisturbedByAModuleThatCannotBeLoaded() throws Exception {
        Path text = Files.writeString(folder.resolve("text.so"), "This is text, and no module.");
        found.set(
                List.of(new FoundModule(new ModuleSpec("Text", text, null), null), new FoundModule(soft.spec(), null)));

        assertThat(token().state()).isEqualTo(TokenInfo.State.LOCKED);
        assertThat(all.all().stream().map(Store::info))
                .filteredOn(info -> info.name().equals("Text"))
                .singleElement()
                .satisfies(info -> {
                    assertThat(info.state()).isEqualTo(StoreInfo.State.FAILED);
                    assertThat(info.problem()).isNotEmpty().doesNotContain("/");
                });
    }
}
