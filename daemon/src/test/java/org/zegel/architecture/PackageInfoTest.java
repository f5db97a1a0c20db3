package org.zegel.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class PackageInfoTest {
    @Test
    void everyPackageIsNullMarkedByItsPackageInfo() {
        assertThat(packages()
                        .filter(each -> !each.isAnnotatedWith(NullMarked.class))
                        .map(JavaPackage::getName))
                .as("packages whose package-info.java is missing or not @NullMarked")
                .isEmpty();
    }

    private static Stream<JavaPackage> packages() {
        return House.classes().stream().map(JavaClass::getPackage).distinct();
    }
}
