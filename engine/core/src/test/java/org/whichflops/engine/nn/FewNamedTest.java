package org.whichflops.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FewNamedTest {
  /** Whatever is set, it is as a LinkedHashMap would be. */
  @Test
  void set_isAsPutOfALinkedHashMap() {
    Random random = new Random(7);
    for (int run = 0; run < 200; run++) {
      FewNamed<Integer> few = new FewNamed<>();
      Map<String, Integer> expected = new LinkedHashMap<>();
      for (int i = 0; i < 20; i++) {
        String name = "name" + random.nextInt(FewNamed.MOST);
        assertThat(few.set(name, i)).isTrue();
        expected.put(name, i);
        assertThat(few).isEqualTo(expected).hasSize(expected.size());
        assertThat(few.keySet()).containsExactlyElementsOf(expected.keySet());
        assertThat(few.values()).containsExactlyElementsOf(expected.values());
        assertThat(few.get(name)).isEqualTo(i);
        assertThat(few.containsKey("other")).isFalse();
        assertThat(few.get("other")).isNull();
      }
    }
  }

  @Test
  void set_pastTheMost_hasNoRoom() {
    FewNamed<Integer> few = new FewNamed<>();
    for (int i = 0; i < FewNamed.MOST; i++) {
      assertThat(few.set("name" + i, i)).isTrue();
    }
    assertThat(few.set("one more", 8)).isFalse();
    assertThat(few.set("name3", 30)).isTrue();
    assertThat(few.toString())
        .isEqualTo("{name0=0, name1=1, name2=2, name3=30, name4=4, name5=5, name6=6, name7=7}");
  }

  @Test
  void outside_nothingCanBeChanged() {
    FewNamed<Integer> few = new FewNamed<>();
    few.set("a", 1);
    assertThatThrownBy(() -> few.put("b", 2)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> few.remove("a")).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(few::clear).isInstanceOf(UnsupportedOperationException.class);
    Iterator<Integer> values = few.values().iterator();
    assertThat(values.next()).isEqualTo(1);
    assertThatThrownBy(values::remove).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(values::next).isInstanceOf(NoSuchElementException.class);
  }

  /** A module of more children than that keeps them in order all the same. */
  @Test
  void moduleOfManyChildren_hasThemInOrder() {
    Sequential many = new Sequential();
    for (int i = 0; i < 3 * FewNamed.MOST; i++) {
      many.add(Activation.relu());
    }
    int i = 0;
    for (Map.Entry<String, Module> child : many.children().entrySet()) {
      assertThat(child.getKey()).isEqualTo(Integer.toString(i));
      assertThat(child.getValue()).isSameAs(many.get(i++));
    }
    assertThat(i).isEqualTo(3 * FewNamed.MOST);
    assertThatThrownBy(() -> many.children().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
