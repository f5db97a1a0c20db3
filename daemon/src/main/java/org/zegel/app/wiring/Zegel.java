package org.zegel.app.wiring;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.app.config.Settings;
import org.zegel.app.system.CardService;
import org.zegel.app.system.OperatingSystem;
import org.zegel.app.system.Sleeps;
import org.zegel.audit.AuditEvent;
import org.zegel.consent.ClientPolicy;
import org.zegel.consent.ConsentService;
import org.zegel.consent.Grants;
import org.zegel.consent.NamedKeyConsent;
import org.zegel.consent.Pairings;
import org.zegel.consent.PromptQueue;
import org.zegel.content.ContentHandles;
import org.zegel.content.ContentLimits;
import org.zegel.content.EncryptedSpool;
import org.zegel.content.HandleTable;
import org.zegel.database.Database;
import org.zegel.directory.AddedModules;
import org.zegel.directory.Directory;
import org.zegel.directory.HarvestedDirectory;
import org.zegel.directory.IdentityPreferences;
import org.zegel.directory.RecipientPreferences;
import org.zegel.directory.TrustedAuthorities;
import org.zegel.dispatch.DaemonState;
import org.zegel.dispatch.Defaults;
import org.zegel.dispatch.Dispatcher;
import org.zegel.dispatch.Gate;
import org.zegel.dispatch.Session;
import org.zegel.event.Events;
import org.zegel.model.Caller;
import org.zegel.model.Client;
import org.zegel.model.Failure;
import org.zegel.model.Scope;
import org.zegel.model.Verdict.AnchorSource;
import org.zegel.operation.Judgement;
import org.zegel.operation.SignatureForm;
import org.zegel.operation.encrypt.EncryptMessage;
import org.zegel.operation.recipient.ResolveRecipients;
import org.zegel.operation.store.KeyStores;
import org.zegel.smime.SignOptions;
import org.zegel.store.Store;
import org.zegel.store.StoreSource;
import org.zegel.store.Stores;
import org.zegel.store.cryptoki.helper.HelperLimits;
import org.zegel.store.cryptoki.helper.ModuleProcesses;
import org.zegel.store.pkcs11.Pkcs11Stores;
import org.zegel.store.pkcs11.modules.ModuleFinder;
import org.zegel.store.pkcs12.Pkcs12Store;
import org.zegel.trust.FileAnchors;
import org.zegel.trust.SystemAnchors;
import org.zegel.trust.Trust;
import org.zegel.trust.TrustAnchors;
import org.zegel.trust.TrustOptions;
import org.zegel.trust.TrustPolicy;
import org.zegel.trust.network.NameResolver;
import org.zegel.trust.network.Network;
import org.zegel.trust.network.SqliteFetchCache;

/** One whole Zegel over a home: for the daemon's doors, or for a command line in its own process. */
public final class Zegel implements AutoCloseable {
    /** The client id of the command line in its own process, as the audit log has it. */
    public static final String LOCAL = "local";

    private static final Logger LOG = LoggerFactory.getLogger(Zegel.class);
    private static final String LOCAL_NAME = "Zegel's command line";

    private final Database database;
    private final Auditing auditing;
    private final HandleTable handles;
    private final PromptQueue prompts;
    private final Pairings pairings;
    private final ConsentService consent;
    private final Dispatcher dispatcher;
    private final Lazy<UseCases.Parts> parts;
    private final ModuleProcesses modules;
    private final Sleeps sleeps = new Sleeps();
    private final AtomicReference<Runnable> beforeFirstUse = new AtomicReference<>(() -> {});
    private final Events events = new Events();
    private final AtomicReference<@Nullable Integer> httpPort = new AtomicReference<>();

    private Zegel(Setup setup, Database database, Auditing auditing, EncryptedSpool spool, ContentLimits limits) {
        this.database = database;
        this.auditing = auditing;
        this.handles = new HandleTable(spool, limits, setup.clock());
        AuditedDecisions decisions = new AuditedDecisions(auditing.log());
        this.prompts =
                new PromptQueue(setup.prompter(), setup.settings().consent().timeout(), decisions);
        ClientPolicy policy = setup.settings().clients();
        this.pairings = new Pairings(database, prompts, policy, setup.clock(), decisions);
        Grants grants = pairings.grants();
        this.consent = new ConsentService(
                prompts, grants, policy, setup.settings().consent().session(), setup.clock());
        grants.onChange(consent::forget);
        grants.onEnd(consent::forget);
        this.modules = new ModuleProcesses(setup.helper(), HelperLimits.STANDARD);
        this.parts = new Lazy<>(() -> parts(setup));
        this.dispatcher = new Dispatcher(
                pairings,
                spool,
                handles,
                new UseCases(parts),
                defaults(setup.settings()),
                new State(setup.version(), setup.clock().instant()),
                consent::withdraw);
        grants.onEnd(dispatcher::cutOff);
        grants.endExpired();
    }

    /** Does what is due: cuts off clients whose time is over. Called every second or so. */
    public void tick() {
        lockIfSlept();
        pairings.grants().endExpired();
    }

    /**
     * Opens the home, made where it is missing. Keys, trust anchors and cryptography are loaded when first needed.
     *
     * @throws Failure {@code STORE_UNAVAILABLE} when the home cannot be used
     */
    public static Zegel open(Setup setup) throws Failure {
        setup.home().create();
        Settings.Limits configured = setup.settings().limits();
        ContentLimits limits = new ContentLimits(
                configured.maxMessage(),
                ContentLimits.MAX_DISK,
                configured.clientQuota(),
                ContentLimits.CLIENT_HANDLES,
                ContentLimits.IDLE);
        EncryptedSpool spool;
        try {
            spool = new EncryptedSpool(setup.home().spool(), limits);
        } catch (IOException unusable) {
            throw new Failure(
                    Failure.Kind.STORE_UNAVAILABLE,
                    "Zegel's home cannot hold temporary files. Does it belong to you, and is there room?",
                    unusable);
        }
        Database database = Database.open(setup.home().database(), Tables.ALL);
        try {
            return new Zegel(setup, database, Auditing.open(setup, database), spool, limits);
        } catch (Failure refused) {
            database.close();
            throw refused;
        }
    }

    /** The gate for all doors. */
    public Gate gate() {
        return dispatcher;
    }

    /** A session that speaks as the command line in its own process: it may ask for everything; keys still prompt. */
    public Session inProcess(Caller caller) {
        return dispatcher.enterAs(new Client(LOCAL, LOCAL_NAME, EnumSet.allOf(Scope.class), caller));
    }

    public ContentHandles contents() {
        return handles;
    }

    public Events events() {
        return events;
    }

    public Pairings pairings() {
        return pairings;
    }

    /** Says where the HTTP door is, for {@code daemon.status}; null when it is closed. */
    public void httpPort(@Nullable Integer port) {
        httpPort.set(port);
    }

    /** Wipes unlocked keys and forgets yeses for a while; writes {@code why} where there were any, in a few words. */
    public void lock(String why) {
        List<String> locked = wipe();
        if (locked.isEmpty()) {
            return;
        }
        try {
            auditing.log()
                    .append(AuditEvent.of(AuditEvent.ZEGEL, null, KeyStores.LOCK)
                            .withDetail(why + ": " + String.join(", ", locked)));
        } catch (Failure unwritable) {
            LOG.warn("that keys were locked could not be written to the audit log", unwritable);
        }
    }

    private List<String> wipe() {
        consent.forgetYesesForAWhile();
        List<String> locked = new ArrayList<>();
        parts.ifMade(made -> locked.addAll(made.stores().lock()));
        return locked;
    }

    /** Takes back every question, and asks none any more. */
    public void stopAsking() {
        prompts.close();
    }

    @Override
    public void close() {
        stopAsking();
        wipe();
        modules.close();
        handles.close();
        auditing.close();
        database.close();
    }

    /** Runs once, in the first call that needs keys or cryptography. */
    void beforeFirstUse(Runnable action) {
        beforeFirstUse.set(action);
    }

    private void lockIfSlept() {
        if (sleeps.since()) {
            lock("the machine slept");
        }
    }

    private UseCases.Parts parts(Setup setup) throws Failure {
        beforeFirstUse.getAndSet(() -> {}).run();
        TrustedAuthorities authorities = new TrustedAuthorities(database);
        Directory directory = new HarvestedDirectory(database, setup.clock());
        RecipientPreferences preferredRecipients = new RecipientPreferences(database);
        List<Store> stores = new ArrayList<>(setup.named());
        stores.add(new Pkcs12Store(
                setup.home().keys(), setup.clock(), setup.settings().secrets().cache()));
        stores.addAll(setup.more());
        StoreSearch search = StoreSearch.of(setup.settings().stores(), System.getenv());
        stores.addAll(SystemStores.of(OperatingSystem.current(), search.system(), setup.clock()));
        Settings.Trust configured = setup.settings().trust();
        AddedModules added = new AddedModules(database);
        ModuleFinder finder = ModulesHere.finder(setup.settings().stores(), search, added);
        Stores all = new Stores(
                this::lockIfSlept,
                List.of(StoreSource.of(stores), tokens(setup, finder), profiles(setup, search, finder)));
        TrustPolicy policy = configured.policy();
        Network network =
                new Network(policy.network(), NameResolver.system(), new SqliteFetchCache(database), setup.clock());
        Trust trust = new Trust(anchors(setup.settings(), authorities), setup.clock(), policy, network);
        return new UseCases.Parts(
                setup.clock(),
                pairings,
                new NamedKeyConsent(
                        consent, setup.named().stream().map(Store::id).collect(Collectors.toSet()), prompts),
                auditing.log(),
                auditing.archive(),
                directory,
                new IdentityPreferences(database),
                preferredRecipients,
                authorities,
                all,
                added,
                ModulesHere.check(finder),
                new Judgement(trust, options(setup)),
                new ResolveRecipients(directory, preferredRecipients, all, trust, setup.clock()));
    }

    private StoreSource tokens(Setup setup, ModuleFinder finder) {
        Settings settings = setup.settings();
        return new Pkcs11Stores(
                finder, modules, setup.clock(), settings.secrets().cache(), CardService::mayRun);
    }

    private StoreSource profiles(Setup setup, StoreSearch search, ModuleFinder finder) {
        Settings settings = setup.settings();
        return search.profiles()
                ? ProfilesHere.stores(
                        finder, modules, setup.clock(), settings.secrets().cache())
                : StoreSource.of(List.of());
    }

    private static TrustAnchors anchors(Settings settings, TrustedAuthorities authorities) throws Failure {
        Settings.Trust configured = settings.trust();
        return new ConfiguredAnchors(
                FileAnchors.of(configured.anchors()),
                settings.forced().contains("trust.anchors") ? AnchorSource.POLICY : AnchorSource.CONFIGURATION,
                configured.systemAnchors()
                        ? new SystemAnchors(
                                OperatingSystem.current().name(),
                                SystemStores.anchorsForMail(OperatingSystem.current()))
                        : List::of,
                configured.distrusted(),
                authorities);
    }

    private static Defaults defaults(Settings settings) {
        boolean opaque = settings.sign().mode() == SignOptions.Mode.OPAQUE;
        return new Defaults(
                new SignatureForm(opaque, settings.sign().digest(), false),
                settings.encrypt().cipher().orElse(null),
                settings.encrypt().oaep(),
                new EncryptMessage.Headers(
                        settings.encrypt().headers(), settings.encrypt().legacyDisplay()));
    }

    private static TrustOptions options(Setup setup) {
        TrustOptions named = setup.trust();
        return new TrustOptions(
                named.anchors(),
                named.certificates(),
                named.crls(),
                named.at(),
                named.offline() || setup.settings().trust().policy().network().offline());
    }

    /** What {@code daemon.status} tells. */
    private final class State implements DaemonState {
        private final String version;
        private final Instant startedAt;

        State(String version, Instant startedAt) {
            this.version = version;
            this.startedAt = startedAt;
        }

        @Override
        public String version() {
            return version;
        }

        @Override
        public Instant startedAt() {
            return startedAt;
        }

        @Override
        public @Nullable Integer httpPort() {
            return httpPort.get();
        }
    }
}
