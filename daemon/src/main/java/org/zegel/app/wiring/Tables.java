package org.zegel.app.wiring;

import java.util.List;
import org.zegel.audit.AuditLog;
import org.zegel.consent.Pairings;
import org.zegel.database.SchemaPart;
import org.zegel.directory.AddedModules;
import org.zegel.directory.HarvestedDirectory;
import org.zegel.directory.IdentityPreferences;
import org.zegel.directory.TrustedAuthorities;
import org.zegel.trust.network.SqliteFetchCache;

/** The tables of all parts, in the one database. */
public final class Tables {
    public static final List<SchemaPart> ALL = List.of(
            Pairings.SCHEMA,
            AuditLog.SCHEMA,
            HarvestedDirectory.SCHEMA,
            IdentityPreferences.SCHEMA,
            TrustedAuthorities.SCHEMA,
            AddedModules.SCHEMA,
            SqliteFetchCache.SCHEMA);

    private Tables() {}
}
