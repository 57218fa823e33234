using Redactor.Scanning.Filtering;

namespace Redactor.Scanning.Expressions;

/// <summary>An atom that some match holds, and where: from <paramref name="MinOffset"/> to <paramref name="MaxOffset"/> bytes behind the match's start.</summary>
/// <param name="Atom">What to look for.</param>
/// <param name="MinOffset">The least distance from the match's start.</param>
/// <param name="MaxOffset">The greatest one; <see cref="NodeLength.Unbounded"/> if there is none.</param>
/// <param name="Before">The bytes that can stand between the match's start and the atom.</param>
internal sealed record Placement(Atom Atom, int MinOffset, int MaxOffset, ByteSet Before);

/// <summary>
/// Finds the atoms of which every match of an expression holds one. Every stretch of the expression that is finite is a choice;
/// the one that text holds least often wins.
/// <code>
/// [a-z.]{0,20}api[_-]?key\s*=\s*(\w{20,})     the choice: "apikey" or "api[_-]key", 0 to 20 bytes behind the start
/// </code>
/// </summary>
internal static class RequiredAtoms
{
    /// <summary>The placements of the best choice; null if the expression requires nothing that is rare enough.</summary>
    internal static IReadOnlyList<Placement>? Find(Node node)
    {
        Choice? best = BestOf(node, NodeLength.Zero, ByteSet.Empty);
        return best is null || best.Cost > AtomCost.Limit ? null : [.. best.Parts.SelectMany(p => p.Placements()).Distinct()];
    }

    /// <summary>Sequences that stand side by side at one place.</summary>
    private sealed record Part(List<ByteSet[]> Sequences, NodeLength Offset, ByteSet Before)
    {
        internal IEnumerable<Placement> Placements() => Sequences.Select(s => new Placement(new Atom(s), Offset.Min, Offset.Max, Before));
    }

    private sealed record Choice(IReadOnlyList<Part> Parts, double Cost);

    private static Choice? BestOf(Node node, NodeLength offset, ByteSet before)
    {
        switch (node)
        {
            case Node.Group g:
                return BestOf(g.Item, offset, before);
            case Node.Alternate a:
                Choice? whole = BestOfItems([a], offset, before);
                Choice? apart = BestOfEach(a.Items, offset, before);
                return Better(whole, apart);
            case Node.Concat c:
                return BestOfItems(c.Items, offset, before);
            case Node.Repeat r when r.Min > 0:
                return Better(BestOfItems([r], offset, before), BestOf(r.Item, offset, before));
            case Node.Bytes:
                return BestOfItems([node], offset, before);
            default:
                return null;
        }
    }

    private static Choice? BestOfEach(IReadOnlyList<Node> branches, NodeLength offset, ByteSet before)
    {
        var parts = new List<Part>();
        double cost = 0;
        foreach (Node branch in branches)
        {
            if (BestOf(branch, offset, before) is not { } choice)
            {
                return null;
            }

            parts.AddRange(choice.Parts);
            cost += choice.Cost;
        }

        return new Choice(parts, cost);
    }

    /// <summary>Tries every window of neighbouring items, each also with only the last turn of a repeat at its front and the first turns of one at its end.</summary>
    private static Choice? BestOfItems(IReadOnlyList<Node> items, NodeLength offset, ByteSet before)
    {
        items = Flatten(items);
        List<ByteSet[]>?[] sequences = [.. items.Select(Sequences.Of)];
        Choice? best = null;
        for (int i = 0; i < items.Count; i++)
        {
            best = Better(best, Extend([[]], i, offset, before));
            if (items[i] is Node.Repeat { Item: Node.Bytes b, Min: > 0 } r && r.Max != r.Min)
            {
                NodeLength tail = offset + new NodeLength(r.Min - 1, r.Max == Node.Unbounded ? NodeLength.Unbounded : r.Max - 1);
                best = Better(best, Extend([[b.Set]], i + 1, tail, before | b.Set));
            }
            else if (sequences[i] is null && items[i] is Node.Alternate or Node.Repeat)
            {
                best = Better(best, items[i] is Node.Alternate a ? BestOfEach(a.Items, offset, before)
                    : items[i] is Node.Repeat { Min: > 0 } inner ? BestOf(inner.Item, offset, before) : null);
            }

            offset += NodeLength.Of(items[i]);
            before |= AllBytes(items[i]);
        }

        return best;

        Choice? Extend(List<ByteSet[]> open, int from, NodeLength at, ByteSet bytes)
        {
            Choice? found = null;
            for (int j = from; j <= items.Count; j++)
            {
                found = Better(found, ToChoice(open, at, bytes));
                if (j < items.Count && items[j] is Node.Repeat { Min: > 0 } r)
                {
                    found = Better(found, ToChoice(Sequences.Cross(open, FirstTurns(r)), at, bytes));
                }

                if (j == items.Count || Sequences.Cross(open, sequences[j]) is not { } longer)
                {
                    break;
                }

                open = longer;
            }

            return found;
        }
    }

    private static List<ByteSet[]>? FirstTurns(Node.Repeat repeat) => repeat.Item is Node.Bytes b
        ? [[.. Enumerable.Repeat(b.Set, Math.Min(repeat.Min, Sequences.MaxLength))]]
        : Sequences.Of(repeat.Item);

    private static Choice? ToChoice(List<ByteSet[]>? sequences, NodeLength offset, ByteSet before)
    {
        if (sequences is null || sequences.Exists(s => s.Length == 0))
        {
            return null;
        }

        sequences = Sequences.WithoutImplied(sequences);
        double cost = 0;
        foreach (ByteSet[] sequence in sequences)
        {
            cost += AtomCost.Of(sequence, offset);
        }

        return new Choice([new Part(sequences, offset, before)], cost);
    }

    private static Choice? Better(Choice? a, Choice? b) => a is null ? b : b is null || a.Cost <= b.Cost ? a : b;

    /// <summary>Opens groups and merges neighbouring single bytes, so that a literal is one item.</summary>
    private static List<Node> Flatten(IReadOnlyList<Node> items)
    {
        var flat = new List<Node>();
        foreach (Node item in items)
        {
            switch (item)
            {
                case Node.Group g:
                    flat.AddRange(Flatten([g.Item]));
                    break;
                case Node.Concat c:
                    flat.AddRange(Flatten(c.Items));
                    break;
                default:
                    flat.Add(item);
                    break;
            }
        }

        var merged = new List<Node>();
        var literal = new List<Node>();
        foreach (Node item in flat)
        {
            if (item is Node.Bytes)
            {
                literal.Add(item);
                continue;
            }

            Close();
            merged.Add(item);
        }

        Close();
        return merged;

        void Close()
        {
            if (literal.Count > 0)
            {
                merged.Add(literal.Count == 1 ? literal[0] : new Node.Concat([.. literal]));
                literal.Clear();
            }
        }
    }

    private static ByteSet AllBytes(Node node) => node switch
    {
        Node.Bytes b => b.Set,
        Node.NonAscii => ByteSet.Range(0x80, 0xFF),
        Node.Group g => AllBytes(g.Item),
        Node.Repeat r => AllBytes(r.Item),
        Node.Concat c => c.Items.Aggregate(ByteSet.Empty, (all, item) => all | AllBytes(item)),
        Node.Alternate a => a.Items.Aggregate(ByteSet.Empty, (all, item) => all | AllBytes(item)),
        _ => ByteSet.Empty,
    };
}
