using Redactor.Scanning.Filtering.Kernels;

namespace Redactor.Scanning.Filtering;

/// <summary>A bucket while windows are dealt out: what its atoms' windows admit together, and how much of text that lets through.</summary>
/// <typeparam name="TKernel">Knows what else passes where those bytes do.</typeparam>
/// <param name="length">How many positions its windows have.</param>
internal sealed class WindowBucket<TKernel>(int length)
    where TKernel : struct, IBlockKernel
{
    private readonly HashSet<PlannedAtom> atoms = [];
    private readonly UInt128[] admitted = new UInt128[length];
    private readonly float[] shares = new float[length];
    private float product;

    /// <summary>The estimated share of positions that pass.</summary>
    public float Share { get; private set; }

    /// <summary>Takes an atom, by the window that is chosen for it.</summary>
    public void Add(PlannedAtom atom)
    {
        atoms.Add(atom);
        Admit(atom.Chosen!);
        Estimate();
    }

    /// <summary>Takes an atom out again.</summary>
    public void Remove(PlannedAtom atom)
    {
        atoms.Remove(atom);
        admitted.AsSpan().Clear();
        foreach (PlannedAtom other in atoms)
        {
            Admit(other.Chosen!);
        }

        Estimate();
    }

    /// <summary>The estimated share of positions that would pass with one more window.</summary>
    public float ShareWith(WindowShape window)
    {
        Span<UInt128> passed = stackalloc UInt128[length];
        bool more = false;
        for (int i = 0; i < length; i++)
        {
            UInt128 union = admitted[i] | window.Symbols[i];
            more |= union != admitted[i];
            passed[i] = TKernel.Mix(union);
        }

        return more ? TextStatistics.Share(passed) : Share;
    }

    /// <summary>What a window would add if each byte stood for itself.</summary>
    public float Guess(WindowShape window)
    {
        ReadOnlySpan<UInt128> symbols = window.Symbols;
        float with = 1;
        for (int i = 0; i < length; i++)
        {
            with *= shares[i] + TextStatistics.Share(symbols[i] & ~admitted[i]);
        }

        return with - product;
    }

    private void Admit(WindowShape window)
    {
        for (int i = 0; i < length; i++)
        {
            admitted[i] |= window.Symbols[i];
        }
    }

    private void Estimate()
    {
        Span<UInt128> passed = stackalloc UInt128[length];
        product = 1;
        for (int i = 0; i < length; i++)
        {
            passed[i] = TKernel.Mix(admitted[i]);
            shares[i] = TextStatistics.Share(admitted[i]);
            product *= shares[i];
        }

        Share = TextStatistics.Share(passed);
    }
}
