package org.zegel.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.zegel.architecture.House.mayUse;
import static org.zegel.architecture.House.partOf;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;

class EdgesTest {
    private static final JavaClasses CLASSES = House.classes();

    @Test
    void looksAtTheProduct() {
        assertThat(CLASSES.stream().map(JavaClass::getPackageName)).contains("org.zegel.model", "org.zegel.smime");
    }

    @Test
    void everyPackageHasAPlaceInTheHouse() {
        assertThat(CLASSES.stream().map(House::partOf).distinct()).allMatch(House::isKnown);
    }

    @Test
    void partsUseOnlyWhatTheyMay() {
        assertThat(House.dependencies(CLASSES)
                        .filter(edge -> House.isOurs(House.target(edge)))
                        .filter(edge -> !mayUse(partOf(edge.getOriginClass()), partOf(House.target(edge))))
                        .map(Dependency::getDescription))
                .as("uses of a part that the house does not allow (House.MAY_USE)")
                .isEmpty();
    }

    @Test
    void trustUsesSmimeForTimeStampsOnly() {
        assertThat(House.dependencies(CLASSES)
                        .filter(edge -> partOf(edge.getOriginClass()).equals("trust"))
                        .filter(edge -> House.isOurs(House.target(edge)))
                        .filter(edge -> partOf(House.target(edge)).equals("smime"))
                        .filter(edge -> !House.target(edge).getName().contains("TimeStamp"))
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    @Test
    void noTwoPackagesNeedEachOther() {
        slices().matching("org.zegel.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void theTableSaysWhatTheHouseMeans() {
        assertThat(partOf("org.zegel.store.pkcs11.slots")).isEqualTo("store.pkcs11");
        assertThat(partOf("org.zegel.smime.cms")).isEqualTo("smime");
        assertThat(partOf("org.zegel.consent.dialog")).isEqualTo("consent.dialog");
        assertThat(mayUse("app", "store.windows")).isTrue();
        assertThat(mayUse("operation.open", "store")).isTrue();
        assertThat(mayUse("operation.open", "store.pkcs12")).isFalse();
        assertThat(mayUse("operation.open", "operation.sign")).isFalse();
        assertThat(mayUse("door.http", "door.socket")).isFalse();
        assertThat(mayUse("door.http", "smime")).isFalse();
        assertThat(mayUse("dispatch", "operation.sign")).isTrue();
        assertThat(mayUse("smime", "trust")).isFalse();
        assertThat(mayUse("operation.sign", "consent.dialog")).isFalse();
        assertThat(mayUse("store.pkcs12", "consent")).isTrue();
        assertThat(mayUse("store.pkcs11", "store.cryptoki")).isTrue();
        assertThat(mayUse("store.pkcs12", "store.cryptoki")).isFalse();
        assertThat(mayUse("store.cryptoki", "store")).isFalse();
        assertThat(mayUse("store.nss", "store.token")).isTrue();
        assertThat(mayUse("store.nss", "store.pkcs11")).isFalse();
        assertThat(mayUse("invented", "model")).isFalse();
    }
}
