using Redactor.Scanning.Judging;

namespace Redactor.Scanning.Names;

/// <summary>
/// Answers which rule, if any, names a given attribute, member, header or field. A name matches as a whole, and by what stands behind
/// a dot, slash, colon or bracket: <c>http.request.header.authorization</c> is an <c>authorization</c>.
/// </summary>
internal sealed class NameIndex
{
    /// <summary>Greatest length of a name that is looked at, in bytes without separators; longer ones match nothing.</summary>
    internal const int MaxLength = 120;

    private readonly Dictionary<ulong, List<(NameKey Key, int Rule)>> exact = [];
    private readonly List<(NameKey Key, int Rule)> open = [];

    // By rule: lower is better. A shadow rule never stands before an active one.
    private readonly int[] ranks;

    internal NameIndex(IReadOnlyList<ScanRule> rules)
    {
        ranks = [.. rules.Select((rule, number) => rule.Shadow ? rules.Count + number : number)];
        for (int rule = 0; rule < rules.Count; rule++)
        {
            foreach (string text in rules[rule].Keys)
            {
                NameKey key = NameKey.Parse(text);
                if (key.AnyBefore || key.AnyAfter)
                {
                    open.Add((key, rule));
                    continue;
                }

                ulong hash = Hash(key.Joined);
                if (!exact.TryGetValue(hash, out var list))
                {
                    exact.Add(hash, list = []);
                }

                list.Add((key, rule));
            }
        }
    }

    /// <summary>
    /// The first active rule that names <paramref name="name"/>, else the first shadow one; -1 if none does. Rules in <paramref name="absent"/> are not asked. A label in it
    /// is one character of no name: what masked a key, such as <c>bearer-token</c>, says nothing of its value.
    /// </summary>
    internal int Match(ReadOnlySpan<byte> name, List<int>? absent = null)
    {
        if (exact.Count == 0 && open.Count == 0)
        {
            return -1;
        }

        if (MaskText.TryFind(name, 0, out int start, out int end, out _))
        {
            return Match([.. name[..start], 0, .. name[end..]], absent);
        }

        Span<byte> joined = stackalloc byte[MaxLength];
        int best = int.MaxValue;
        for (int from = 0; from < name.Length;)
        {
            if (TryJoin(name[from..], joined, out int length, out UInt128 separators))
            {
                best = Math.Min(best, MatchJoined(joined[..length], separators, absent));
            }

            int next = name[from..].IndexOfAny("./:["u8);
            from = next < 0 ? name.Length : from + next + 1;
        }

        return best == int.MaxValue ? -1 : best % ranks.Length;
    }

    private int MatchJoined(ReadOnlySpan<byte> joined, UInt128 separators, List<int>? absent)
    {
        int best = int.MaxValue;
        if (exact.TryGetValue(Hash(joined), out var list))
        {
            foreach (var (key, rule) in list)
            {
                if (ranks[rule] < best && joined.SequenceEqual(key.Joined) && (separators & ~key.Boundaries) == UInt128.Zero && absent?.Contains(rule) != true)
                {
                    best = ranks[rule];
                }
            }
        }

        foreach (var (key, rule) in open)
        {
            if (ranks[rule] < best && MatchesOpen(key, joined, separators) && absent?.Contains(rule) != true)
            {
                best = ranks[rule];
            }
        }

        return best;
    }

    private static bool MatchesOpen(NameKey key, ReadOnlySpan<byte> joined, UInt128 separators)
    {
        int room = joined.Length - key.Joined.Length;
        int first = key.AnyBefore ? (key.AnyAfter ? 0 : Math.Max(room, 0)) : 0;
        int last = key.AnyBefore ? room : Math.Min(room, 0);
        for (int at = first; at <= last && at <= room; at++)
        {
            UInt128 inside = (separators >> at) & ((UInt128.One << key.Joined.Length) - 1) & ~UInt128.One;
            if (joined.Slice(at, key.Joined.Length).SequenceEqual(key.Joined) && (inside & ~key.Boundaries) == UInt128.Zero)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Lower-cases and drops separators; notes before which bytes one stood. Fails for a name too long, or with two separators in a row.</summary>
    private static bool TryJoin(ReadOnlySpan<byte> name, Span<byte> joined, out int length, out UInt128 separators)
    {
        length = 0;
        separators = 0;
        bool separated = false;
        foreach (byte b in name.Trim("\"'[]"u8))
        {
            bool separator = b is (byte)'-' or (byte)'_' or (byte)'.' or (byte)' ';
            if ((separator && separated) || (!separator && length == MaxLength))
            {
                return false;
            }

            separated = separator;
            if (separator)
            {
                separators |= UInt128.One << length;
            }
            else
            {
                joined[length++] = b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;
            }
        }

        return length > 0;
    }

    private static ulong Hash(ReadOnlySpan<byte> joined)
    {
        // FNV-1a, 64 bits.
        ulong hash = 14695981039346656037;
        foreach (byte b in joined)
        {
            hash = (hash ^ b) * 1099511628211;
        }

        return hash;
    }
}
