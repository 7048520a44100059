package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Networks are made and counted on several threads. Two of them would wait for each other forever
 * if one initialized a class that needs a second, and the other the second, which needs the first.
 */
class StaticInitializersTest {
  private final Map<JavaClass, Set<JavaClass>> needed = new HashMap<>();
  private final Set<JavaClass> done = new HashSet<>();
  private final List<JavaClass> way = new ArrayList<>();
  private final List<String> cycles = new ArrayList<>();

  @Test
  void classes_doNotNeedEachOtherToBeInitialized() {
    for (JavaClass one :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.whichflops")) {
      needed.put(one, needs(one));
    }
    assertThat(needed.values().stream().mapToInt(Set::size).sum()).isGreaterThan(1000);
    needed.keySet().forEach(this::follow);
    assertThat(cycles).isEmpty();
  }

  private void follow(JavaClass one) {
    int at = way.indexOf(one);
    if (at >= 0) {
      cycles.add(way.subList(at, way.size()).stream().map(JavaClass::getName).toList().toString());
    } else if (done.add(one)) {
      way.add(one);
      needed.getOrDefault(one, Set.of()).forEach(this::follow);
      way.remove(way.size() - 1);
    }
  }

  /** What has to be initialized before a class is: all that its static initializer comes to. */
  private static Set<JavaClass> needs(JavaClass one) {
    Set<JavaClass> needs = new LinkedHashSet<>();
    // A constant of an enum that has a body is made by nobody but the enum.
    one.getRawSuperclass().filter(above -> !above.isEnum()).ifPresent(needs::add);
    Deque<JavaCodeUnit> left = new ArrayDeque<>();
    one.getStaticInitializer().ifPresent(left::add);
    Set<JavaCodeUnit> seen = new HashSet<>(left);
    while (!left.isEmpty()) {
      for (JavaAccess<?> access : left.pop().getAccessesFromSelf()) {
        if (access.isDeclaredInLambda()) {
          continue; // which runs later, if at all
        }
        JavaMember member = access.getTarget().resolveMember().orElse(null);
        if (member == null) {
          continue; // of the JDK or a library
        }
        if (initializes(member)) {
          needs.add(member.getOwner());
        }
        if (member instanceof JavaCodeUnit unit && seen.add(unit)) {
          left.add(unit);
        }
      }
    }
    needs.remove(one);
    return needs;
  }

  private static boolean initializes(JavaMember member) {
    return member instanceof JavaConstructor || member.getModifiers().contains(JavaModifier.STATIC);
  }
}
