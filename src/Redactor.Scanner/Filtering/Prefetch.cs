using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// Asks for the block behind the one at hand, a quarter at a time, while that one is worked on: by itself a processor fetches text when the first step reads it, which then waits, for the
/// steps behind it read nothing new. Without effect where there is no such instruction.
/// </summary>
internal ref struct Prefetch
{
    private const int Line = 64;
    private const int Part = Block.Length / 4;

    private readonly ref readonly byte block;
    private readonly int end;
    private int at;

    /// <summary>Begins behind <paramref name="block"/>.</summary>
    /// <param name="block">The block.</param>
    /// <param name="length">How many bytes there are from its start to the text's end.</param>
    public Prefetch(ref readonly byte block, int length)
    {
        this.block = ref block;
        at = Block.Length;
        end = Sse.IsSupported ? Math.Min(length, 2 * Block.Length) : 0;
    }

    /// <summary>Asks for the next quarter.</summary>
    public unsafe void Next()
    {
        for (int until = Math.Min(end, at + Part); at < until; at += Line)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref Unsafe.AsRef(in block), at)));
        }
    }
}
