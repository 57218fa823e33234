using System.Buffers.Binary;
using System.Numerics;

namespace Redactor.Locate;

/// <summary>
/// The keys of attributes in which nothing was found when they were read, and which rule each is a key of. A service has a few hundred keys and sends them all day:
/// whatever is known here is neither looked up nor searched again. Holds under one set of rules; not thread-safe.
/// </summary>
public sealed class NameCache
{
    /// <summary>1024: the keys of some ten services; with <see cref="MaxLength"/> 96 KiB a thread. A power of two.</summary>
    private const int Slots = 1024;

    /// <summary>Greatest length of a key that is kept, in bytes: 96. The longest of the conventions (a tool call's arguments in OpenInference) have 80.</summary>
    private const int MaxLength = 96;

    private (int Length, int Rule)[] entries = [];
    private byte[] names = [];

    /// <summary>Forgets all keys: the rules are others.</summary>
    public void Clear() => entries.AsSpan().Clear();

    /// <summary>Whether a key is known to be harmless, and the rule that it is a key of, or -1.</summary>
    public bool TryFind(ReadOnlySpan<byte> name, out int rule)
    {
        rule = -1;
        if (name.IsEmpty || name.Length > MaxLength || entries.Length == 0)
        {
            return false;
        }

        int slot = SlotOf(name);
        slot = Holds(slot, name) ? slot : slot ^ 1;
        if (!Holds(slot, name))
        {
            return false;
        }

        rule = entries[slot].Rule;
        return true;
    }

    /// <summary>Keeps a key in which nothing was found. Of three that fall into one pair of slots the oldest is forgotten.</summary>
    public void Add(ReadOnlySpan<byte> name, int rule)
    {
        if (name.IsEmpty || name.Length > MaxLength)
        {
            return;
        }

        if (entries.Length == 0)
        {
            (entries, names) = (new (int, int)[Slots], new byte[Slots * MaxLength]);
        }

        int slot = SlotOf(name);
        entries[slot ^ 1] = entries[slot];
        NameAt(slot).CopyTo(NameAt(slot ^ 1));
        entries[slot] = (name.Length, rule);
        name.CopyTo(NameAt(slot));
    }

    private bool Holds(int slot, ReadOnlySpan<byte> name) => entries[slot].Length == name.Length && name.SequenceEqual(NameAt(slot)[..name.Length]);

    private Span<byte> NameAt(int slot) => names.AsSpan(slot * MaxLength, MaxLength);

    private static int SlotOf(ReadOnlySpan<byte> name)
    {
        uint hash = (uint)name.Length;
        if (name.Length >= sizeof(ulong))
        {
            // Its ends and its middle tell a key from the others, without a loop whose end no processor can foretell.
            hash = BitOperations.Crc32C(hash, BinaryPrimitives.ReadUInt64LittleEndian(name));
            hash = BitOperations.Crc32C(hash, BinaryPrimitives.ReadUInt64LittleEndian(name[((name.Length - sizeof(ulong)) / 2)..]));
            hash = BitOperations.Crc32C(hash, BinaryPrimitives.ReadUInt64LittleEndian(name[^sizeof(ulong)..]));
        }
        else
        {
            foreach (byte b in name)
            {
                hash = BitOperations.Crc32C(hash, b);
            }
        }

        return (int)(hash % Slots);
    }
}
