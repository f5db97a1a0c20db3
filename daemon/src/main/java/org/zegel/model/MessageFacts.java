package org.zegel.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What reading a message found out, before anything is judged: the input of the verdict.
 *
 * @param signers all signatures met, in the order the layers name them
 * @param lock the state of decryption, by the release rules
 * @param layers the tree of layers
 * @param headers what is protected and what differs
 * @param outerFrom raw values of every From field of the outer header
 * @param protectedFrom raw values of every From field that a whole-body layer protects; null when none is protected
 * @param addresses the other fields that name people, of the protected header where there is one
 * @param decryptedWith the identity whose key opened the outermost encrypted layer
 * @param findings codes about the message as a whole
 */
public record MessageFacts(
        List<SignerFacts> signers,
        Verdict.Lock lock,
        List<Layer> layers,
        Verdict.Headers headers,
        List<String> outerFrom,
        @Nullable List<String> protectedFrom,
        AddressFields addresses,
        @Nullable Identity decryptedWith,
        List<Finding> findings) {}
