package org.zegel.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a signer asked for or stated by Enhanced Security Services (RFC 2634). All of it is the signer's own word, shown
 * to who asks and never acted on: no receipt is sent, no label is enforced.
 *
 * @param label the security label
 * @param equivalentLabels labels of other policies that the signer holds to be equivalent
 * @param listExpansions when mailing lists passed the message on, in their order (mlExpansionHistory)
 * @param contentDescription what the signer calls the content (contentHints), made fit for display
 */
public record SecurityServices(
        @Nullable ReceiptRequest receiptRequest,
        @Nullable Label label,
        List<Label> equivalentLabels,
        List<Instant> listExpansions,
        @Nullable String contentDescription) {
    public SecurityServices {
        equivalentLabels = List.copyOf(equivalentLabels);
        listExpansions = List.copyOf(listExpansions);
    }

    /** Of whom a signed receipt is asked. */
    public enum ReceiptsFrom {
        ALL,
        /** Those who got the message from its author, not through a list. */
        FIRST_TIER,
        /** Named ones. */
        LISTED
    }

    /**
     * A request for signed receipts (RFC 2634 section 2.7).
     *
     * @param to addresses that want the receipt, made fit for display
     */
    public record ReceiptRequest(ReceiptsFrom from, List<String> to) {
        public ReceiptRequest {
            to = List.copyOf(to);
        }
    }

    /**
     * A security label (RFC 2634 section 3.2).
     *
     * @param policy object identifier of the policy that says what the rest means
     * @param classification 0 unmarked, 1 unclassified, 2 restricted, 3 confidential, 4 secret, 5 top secret, or the
     *     policy's own
     * @param privacyMark made fit for display
     * @param categories object identifiers of the categories
     */
    public record Label(
            String policy,
            @Nullable Integer classification,
            @Nullable String privacyMark,
            List<String> categories) {
        public Label {
            categories = List.copyOf(categories);
        }
    }
}
