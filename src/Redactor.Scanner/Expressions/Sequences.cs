namespace Redactor.Scanning.Expressions;

/// <summary>The finite part of expressions: which sequences of byte sets a node stands for. <c>api[_-]?key</c> is two: <c>apikey</c> and <c>api[_-]key</c>.</summary>
internal static class Sequences
{
    /// <summary>How many sequences are still worth searching for side by side.</summary>
    internal const int MaxCount = 128;

    /// <summary>Positions behind this one are left out: the rest is the automaton's.</summary>
    internal const int MaxLength = 32;

    private const int MaxRepeatSpread = 8;

    /// <summary>All sequences of <paramref name="node"/>, cut at <see cref="MaxLength"/>; null if they are too many or without end.</summary>
    internal static List<ByteSet[]>? Of(Node node)
    {
        switch (node)
        {
            case Node.Bytes b:
                return b.Set.IsEmpty ? null : [[b.Set]];
            case Node.Assert:
                return [[]];
            case Node.Group g:
                return Of(g.Item);
            case Node.Concat c:
                return c.Items.Aggregate<Node, List<ByteSet[]>?>([[]], (all, item) => Cross(all, Of(item)));
            case Node.Alternate a:
                var union = new List<ByteSet[]>();
                foreach (Node item in a.Items)
                {
                    if (Of(item) is not { } branch || union.Count + branch.Count > MaxCount)
                    {
                        return null;
                    }

                    union.AddRange(branch);
                }

                return union;
            case Node.Repeat r:
                return r.Max == Node.Unbounded || r.Max - r.Min > MaxRepeatSpread ? null : OfRepeat(r);
            default:
                return null;
        }
    }

    /// <summary>Every sequence of <paramref name="left"/> followed by every one of <paramref name="right"/>; null if that is too many.</summary>
    internal static List<ByteSet[]>? Cross(List<ByteSet[]>? left, List<ByteSet[]>? right)
    {
        if (left is null || right is null || (long)left.Count * right.Count > MaxCount)
        {
            return null;
        }

        var all = new List<ByteSet[]>(left.Count * right.Count);
        foreach (ByteSet[] a in left)
        {
            foreach (ByteSet[] b in right)
            {
                all.Add(a.Length >= MaxLength || b.Length == 0 ? a : [.. a, .. b.AsSpan(0, Math.Min(b.Length, MaxLength - a.Length))]);
            }
        }

        return all;
    }

    /// <summary>Whether <paramref name="sequence"/> stands only where <paramref name="shorter"/> stands too.</summary>
    internal static bool Implies(ByteSet[] sequence, ByteSet[] shorter)
    {
        for (int i = 0; i < shorter.Length; i++)
        {
            if (!sequence[i].IsWithin(shorter[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static List<ByteSet[]>? OfRepeat(Node.Repeat repeat)
    {
        List<ByteSet[]>? item = Of(repeat.Item);
        List<ByteSet[]>? turns = [[]];
        var all = new List<ByteSet[]>();
        for (int i = 0; turns is not null && i <= repeat.Max; i++)
        {
            if (i >= repeat.Min)
            {
                all.AddRange(turns);
            }

            // Turns beyond the greatest length change no sequence any more.
            if (i >= MaxLength && i >= repeat.Min)
            {
                break;
            }

            turns = i < repeat.Max ? Cross(turns, item) : turns;
        }

        return turns is null || all.Count > MaxCount ? null : all;
    }
}
