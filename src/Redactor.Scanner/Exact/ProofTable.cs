namespace Redactor.Scanning.Exact;

/// <summary>Which rule a value is of, by the keyed hash of the value: 20 bytes a value, where a dictionary takes 50. Immutable.</summary>
internal sealed class ProofTable
{
    private readonly UInt128[] hashes;
    private readonly int[] rules;

    /// <summary>Builds the table; of equal hashes the one of the first rule counts. Sorts the arrays and keeps them.</summary>
    /// <param name="hashes">The hashes.</param>
    /// <param name="rules">The rule of each.</param>
    internal ProofTable(UInt128[] hashes, int[] rules)
    {
        Array.Sort(hashes, rules);
        int count = 0;
        for (int i = 0; i < hashes.Length; i++)
        {
            if (count > 0 && hashes[i] == hashes[count - 1])
            {
                rules[count - 1] = Math.Min(rules[count - 1], rules[i]);
                continue;
            }

            (hashes[count], rules[count]) = (hashes[i], rules[i]);
            count++;
        }

        this.hashes = count == hashes.Length ? hashes : hashes[..count];
        this.rules = count == rules.Length ? rules : rules[..count];
    }

    /// <summary>How many different values there are.</summary>
    internal int Count => hashes.Length;

    /// <summary>Finds the rule of the value that has a hash.</summary>
    internal bool TryFind(UInt128 hash, out int rule)
    {
        int index = Array.BinarySearch(hashes, hash);
        rule = index >= 0 ? rules[index] : -1;
        return index >= 0;
    }
}
