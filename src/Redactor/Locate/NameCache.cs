using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Redactor.Locate;

/// <summary>
/// The keys of attributes in which nothing was found when they were read, and which rule each is a key of. A service has a few hundred keys and sends them all day, in every span in
/// the same order: whatever is known here is neither looked up nor searched again. Holds under one set of rules; not thread-safe.
/// </summary>
public sealed class NameCache
{
    /// <summary>Greatest length of a key that is kept, in bytes: 96. The longest of the conventions (a tool call's arguments in OpenInference) have 80. Three vectors.</summary>
    public const int MaxLength = 96;

    /// <summary>1024: the keys of some ten services; with <see cref="MaxLength"/> 108 KiB a thread. A power of two.</summary>
    private const int Slots = 1024;

    private readonly Entry[] entries = new Entry[Slots];
    private int last;

    /// <summary>Forgets all keys: the rules are others.</summary>
    public void Clear() => entries.AsSpan().Clear();

    /// <summary>Whether a key is known to be harmless, and the rule that it is a key of, or -1.</summary>
    public bool TryFind(ReadOnlySpan<byte> name, out int rule) => TryFind(name, name.Length, out rule);

    /// <summary>As <see cref="TryFind(ReadOnlySpan{byte}, out int)"/>, fastest where there are <see cref="MaxLength"/> bytes from the key's start on.</summary>
    /// <param name="text">The key, and what stands behind it.</param>
    /// <param name="length">How long the key is.</param>
    /// <param name="rule">The rule, or -1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFind(ReadOnlySpan<byte> text, int length, out int rule)
    {
        int next = entries[last].Next;
        if (text.Length < MaxLength || !entries[next].Holds(in MemoryMarshal.GetReference(text), length))
        {
            return TrySeek(text, length, out rule);
        }

        (last, rule) = (next, entries[next].Rule);
        return true;
    }

    /// <summary>Keeps a key in which nothing was found. Of three that fall into one pair of slots the oldest is forgotten.</summary>
    public void Add(ReadOnlySpan<byte> name, int rule)
    {
        if (name.IsEmpty || name.Length > MaxLength)
        {
            return;
        }

        var entry = new Entry { Length = name.Length, Rule = rule };
        name.CopyTo(entry.Name);
        int slot = SlotOf(entry.Name, name.Length);
        entries[slot ^ 1] = entries[slot];
        entries[slot] = entry;
    }

    /// <summary>Looks for a key that does not come behind the last one as it did before.</summary>
    private bool TrySeek(ReadOnlySpan<byte> text, int length, out int rule)
    {
        rule = -1;
        if (length is 0 or > MaxLength)
        {
            return false;
        }

        Name name = default;
        text[..length].CopyTo(name);
        int slot = SlotOf(name, length);
        slot = entries[slot].Holds(in name[0], length) ? slot : slot ^ 1;
        if (!entries[slot].Holds(in name[0], length))
        {
            return false;
        }

        entries[last].Next = slot;
        (last, rule) = (slot, entries[slot].Rule);
        return true;
    }

    /// <summary>The ends and the middle of a key, which has zeros behind it, tell it from the others.</summary>
    private static int SlotOf(ReadOnlySpan<byte> name, int length)
    {
        int end = Math.Max(0, length - sizeof(ulong));
        uint hash = BitOperations.Crc32C((uint)length, BinaryPrimitives.ReadUInt64LittleEndian(name));
        hash = BitOperations.Crc32C(hash, BinaryPrimitives.ReadUInt64LittleEndian(name[(end / 2)..]));
        hash = BitOperations.Crc32C(hash, BinaryPrimitives.ReadUInt64LittleEndian(name[end..]));
        return (int)(hash % Slots);
    }

    /// <summary>A key, and zeros behind it.</summary>
    [InlineArray(MaxLength)]
    private struct Name
    {
        private byte first;
    }

    private struct Entry
    {
        public int Length;
        public int Rule;

        /// <summary>Where the key is that came behind this one.</summary>
        public int Next;
        public Name Name;

        /// <summary>Whether this is the key that starts at <paramref name="name"/>, where <see cref="MaxLength"/> bytes can be read.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly bool Holds(ref readonly byte name, int length)
        {
            if (length != Length || length == 0)
            {
                return false;
            }

            ref readonly byte own = ref Name[0];
            for (int at = 0; ; at += Vector256<byte>.Count)
            {
                uint differing = ~Vector256.Equals(Vector256.LoadUnsafe(in name, (uint)at), Vector256.LoadUnsafe(in own, (uint)at)).ExtractMostSignificantBits();
                int rest = length - at;
                if (rest <= Vector256<byte>.Count)
                {
                    return differing << (Vector256<byte>.Count - rest) == 0;
                }

                if (differing != 0)
                {
                    return false;
                }
            }
        }
    }
}
