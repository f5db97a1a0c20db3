package org.zegel.app.wiring;

import java.time.Clock;
import org.zegel.audit.AuditArchive;
import org.zegel.audit.AuditLog;
import org.zegel.consent.Consent;
import org.zegel.consent.Pairings;
import org.zegel.directory.AddedModules;
import org.zegel.directory.Directory;
import org.zegel.directory.IdentityPreferences;
import org.zegel.directory.RecipientPreferences;
import org.zegel.directory.TrustedAuthorities;
import org.zegel.dispatch.Operations;
import org.zegel.model.Failure;
import org.zegel.operation.ChangeLog;
import org.zegel.operation.Judgement;
import org.zegel.operation.KeyAccess;
import org.zegel.operation.KnownCertificates;
import org.zegel.operation.MessageSigning;
import org.zegel.operation.RecipientCertificates;
import org.zegel.operation.SenderCertificate;
import org.zegel.operation.SigningIdentity;
import org.zegel.operation.audit.AuditTrail;
import org.zegel.operation.certificate.Authorities;
import org.zegel.operation.certificate.Certificates;
import org.zegel.operation.client.Clients;
import org.zegel.operation.cms.DecryptCms;
import org.zegel.operation.cms.EncryptCms;
import org.zegel.operation.cms.SignCms;
import org.zegel.operation.cms.VerifyCms;
import org.zegel.operation.encrypt.EncryptMessage;
import org.zegel.operation.identity.Identities;
import org.zegel.operation.inspect.InspectMessage;
import org.zegel.operation.open.Harvest;
import org.zegel.operation.open.OpenMessage;
import org.zegel.operation.recipient.DescribeRecipients;
import org.zegel.operation.recipient.RecipientChoices;
import org.zegel.operation.recipient.ResolveRecipients;
import org.zegel.operation.sign.SignMessage;
import org.zegel.operation.store.KeyStores;
import org.zegel.operation.store.Modules;
import org.zegel.store.ModuleCheck;
import org.zegel.store.Stores;

/** Joins the use cases to the parts they need, each when it is first called. */
final class UseCases implements Operations {
    /** What use cases are made of. */
    record Parts(
            Clock clock,
            Pairings pairings,
            Consent consent,
            AuditLog audit,
            AuditArchive archive,
            Directory directory,
            IdentityPreferences preferences,
            RecipientPreferences preferredRecipients,
            TrustedAuthorities authorities,
            Stores stores,
            AddedModules modules,
            ModuleCheck moduleCheck,
            Judgement judgement,
            ResolveRecipients recipients) {}

    private final Lazy<Parts> parts;

    UseCases(Lazy<Parts> parts) {
        this.parts = parts;
    }

    @Override
    public SignMessage sign() throws Failure {
        return new SignMessage(signing(parts.get()));
    }

    @Override
    public EncryptMessage encrypt() throws Failure {
        Parts made = parts.get();
        SenderCertificate sender = new SenderCertificate(made.stores(), made.preferences(), made.clock());
        return new EncryptMessage(lookup(made), sender, signing(made));
    }

    @Override
    public OpenMessage open() throws Failure {
        Parts made = parts.get();
        return new OpenMessage(keys(made), known(made), made.judgement(), new Harvest(made.directory(), made.clock()));
    }

    @Override
    public InspectMessage inspect() {
        return new InspectMessage();
    }

    @Override
    public SignCms signCms() throws Failure {
        Parts made = parts.get();
        return new SignCms(signingIdentity(made), keys(made), made.clock());
    }

    @Override
    public VerifyCms verifyCms() throws Failure {
        Parts made = parts.get();
        return new VerifyCms(keys(made), known(made), made.judgement());
    }

    @Override
    public EncryptCms encryptCms() throws Failure {
        return new EncryptCms(lookup(parts.get()));
    }

    @Override
    public DecryptCms decryptCms() throws Failure {
        Parts made = parts.get();
        return new DecryptCms(keys(made), known(made), made.judgement());
    }

    @Override
    public Certificates certificates() throws Failure {
        Parts made = parts.get();
        return new Certificates(made.directory(), made.judgement(), made.consent(), changes(made));
    }

    @Override
    public Authorities authorities() throws Failure {
        Parts made = parts.get();
        return new Authorities(made.authorities(), made.consent(), changes(made));
    }

    @Override
    public DescribeRecipients recipients() throws Failure {
        Parts made = parts.get();
        return new DescribeRecipients(made.recipients(), made.judgement());
    }

    @Override
    public RecipientChoices recipientChoices() throws Failure {
        Parts made = parts.get();
        return new RecipientChoices(made.preferredRecipients());
    }

    @Override
    public Identities identities() throws Failure {
        Parts made = parts.get();
        return new Identities(made.stores(), keys(made), made.consent(), made.preferences(), changes(made));
    }

    @Override
    public KeyStores stores() throws Failure {
        Parts made = parts.get();
        return new KeyStores(made.stores(), made.consent(), changes(made));
    }

    @Override
    public Modules modules() throws Failure {
        Parts made = parts.get();
        return new Modules(made.modules(), made.moduleCheck(), made.consent(), changes(made), made.stores());
    }

    @Override
    public Clients clients() throws Failure {
        Parts made = parts.get();
        return new Clients(made.pairings(), made.consent(), changes(made), made.clock());
    }

    @Override
    public AuditTrail audit() throws Failure {
        return new AuditTrail(parts.get().audit(), parts.get().archive());
    }

    private static MessageSigning signing(Parts made) {
        return new MessageSigning(signingIdentity(made), keys(made), made.clock());
    }

    private static SigningIdentity signingIdentity(Parts made) {
        return new SigningIdentity(made.stores(), made.preferences(), made.consent(), changes(made), made.clock());
    }

    private static RecipientCertificates lookup(Parts made) {
        return new RecipientCertificates(
                new Lookup(made.recipients(), made.judgement()),
                made.preferredRecipients(),
                made.consent(),
                changes(made));
    }

    private static KnownCertificates known(Parts made) {
        return new KnownCertificates(
                made.directory(), made.stores(), made.judgement().options(true).certificates());
    }

    private static ChangeLog changes(Parts made) {
        return new ChangeLog(made.audit());
    }

    private static KeyAccess keys(Parts made) {
        return new KeyAccess(made.stores(), made.consent(), made.audit());
    }
}
