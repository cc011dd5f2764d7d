import networkx
from customer_insight.report.network import in_groups, placed
from hypothesis import given
from hypothesis import strategies as st

names = st.sampled_from([f"product {letter}" for letter in "abcdefghijkl"])
pairs = st.lists(
    st.tuples(names, names).filter(lambda both: both[0] != both[1]), min_size=1, max_size=25, unique_by=frozenset
).map(lambda found: [{"one": one, "other": other, "lift": 2.0} for one, other in found])


@given(pairs, st.integers(1, 4))
def test_every_product_has_a_line_of_its_own_in_its_column(found, columns):
    nodes, edges, lines = placed(found, columns)
    assert {node["name"] for node in nodes} == {pair[side] for pair in found for side in ("one", "other")}
    lines_taken = [(int(node["x"]), node["y"]) for node in nodes]
    assert len(set(lines_taken)) == len(nodes)
    assert all(0 <= node["x"] < columns and 0 <= node["y"] < lines for node in nodes)
    assert len(edges) == len(found)


@given(pairs, st.randoms())
def test_the_order_of_the_rules_does_not_move_a_product(found, random):
    shuffled = found.copy()
    random.shuffle(shuffled)
    assert placed(shuffled, 3)[0] == placed(found, 3)[0]


def test_connected_products_stand_together_and_the_largest_group_first():
    found = [("tea", "cup"), ("pen", "ink"), ("cup", "spoon")]
    nodes, edges, lines = placed([{"one": one, "other": other, "lift": 3.25} for one, other in found], columns=1)
    order = [node["name"] for node in sorted(nodes, key=lambda node: node["y"])]
    assert set(order[:3]) == {"tea", "cup", "spoon"}
    assert order[1] == "cup"
    assert edges[0]["label"] == "tea and cup: lift 3.2"
    assert lines == 7


@given(pairs, st.integers(2, 9))
def test_no_group_of_the_drawn_pairs_is_larger_than_can_be_told_apart(found, largest):
    kept = in_groups(found, largest)
    graph = networkx.Graph((pair["one"], pair["other"]) for pair in kept)
    assert max(map(len, networkx.connected_components(graph))) <= largest
    assert all(pair in found for pair in kept)
    assert kept[0] == found[0]


def test_of_products_that_all_hang_together_the_strongest_pairs_are_drawn():
    chain = [{"one": f"p{number}", "other": f"p{number + 1}", "lift": 40.0 - number} for number in range(31)]
    kept = in_groups(chain, 8)
    assert kept[:7] == chain[:7]
    assert len(kept) == 28  # four groups of eight
