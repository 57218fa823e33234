using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Redactor.Scanning.Automata;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// Which entries of a short list a byte at one place allows, a bit each; those of a list of more than eight share bits. What several places allow together is the
/// bits that they have in common. Immutable.
/// </summary>
internal readonly struct EntryMasks
{
    // A table of lists and classes, not of lists and bytes, stays in the first-level cache.
    private readonly byte[] classOf;
    private readonly int count;
    private readonly byte[] masks;

    /// <summary>Takes, for each list, the bytes that each of its entries admits at the place.</summary>
    public EntryMasks(ByteSet[][] lists)
    {
        var classes = new ByteClasses(lists.SelectMany(list => list));
        (classOf, count) = (classes.OfByte, classes.Count);
        masks = new byte[lists.Length * count];
        foreach ((int list, ByteSet[] entries) in lists.Index())
        {
            foreach ((int kind, byte value) in classes.Representatives.Index())
            {
                foreach ((int entry, _) in entries.Index().Where(e => e.Item.Contains(value)))
                {
                    masks[(list * count) + kind] |= (byte)(1 << (entry & 7));
                }
            }
        }
    }

    /// <summary>The entries of a list that <paramref name="value"/> allows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int At(int list, byte value) =>
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(masks), (list * count) + Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(classOf), value));
}
