using System.Buffers;
using System.Numerics;

namespace Redactor.Receive.Bodies;

/// <summary>
/// A message being collected in a pooled buffer that grows as bytes arrive, never because somebody announced them, and never beyond
/// the limits. Not safe to share between threads.
/// </summary>
/// <param name="inFlight">Where the buffer is accounted for.</param>
/// <param name="limit">Greatest length in bytes.</param>
internal sealed class PooledBody(InFlightBytes inFlight, int limit) : IDisposable
{
    /// <summary>Smallest buffer in bytes: one block of Kestrel's.</summary>
    private const int MinCapacity = 4 * 1024;

    /// <summary>The most that is rented on a sender's word alone, in bytes. 1 MiB: usual requests then are never moved, and a lie costs little.</summary>
    private const int MaxTrusted = 1024 * 1024;

    /// <summary>
    /// The largest buffer that goes back to the pool, in bytes. 1 MiB: the pool keeps several of every size for each processor, and does so for minutes;
    /// measured, 40 requests of 60 MiB left more than 1 GiB in it. Larger ones are the garbage collector's.
    /// </summary>
    private const int MaxPooled = MaxTrusted;

    private byte[] buffer = [];
    private bool abandoned;

    /// <summary>Bytes collected.</summary>
    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, Length);

    /// <summary>Prepares for a message that is said to have <paramref name="length"/> bytes.</summary>
    /// <returns>Why such a message can't be taken, or null.</returns>
    public Refusal? Expect(long length) =>
        length > limit ? Refusal.TooLarge : Reserve((int)Math.Min(length, MaxTrusted));

    /// <summary>Adds <paramref name="bytes"/>.</summary>
    /// <returns>Why they can't be taken, or null.</returns>
    public Refusal? Append(in ReadOnlySequence<byte> bytes)
    {
        if (bytes.Length > limit - Length)
        {
            return Refusal.TooLarge;
        }

        int count = (int)bytes.Length;
        if (Reserve(Length + count) is { } refusal)
        {
            return refusal;
        }

        bytes.CopyTo(buffer.AsSpan(Length));
        Length += count;
        return null;
    }

    /// <summary>Gives room for at least one byte more, to be filled and then counted by <see cref="Advance"/>. Not allowed at the limit.</summary>
    /// <returns>Why there is no room, or null.</returns>
    public Refusal? TryGetRoom(out Span<byte> room)
    {
        Refusal? refusal = Reserve(Length + 1);
        room = refusal is null ? buffer.AsSpan(Length, Math.Min(buffer.Length, limit) - Length) : default;
        return refusal;
    }

    public void Advance(int count) => Length += count;

    /// <summary>A stream that reads what was collected.</summary>
    public MemoryStream OpenRead() => new(buffer, 0, Length, writable: false);

    /// <summary>
    /// Leaves the buffer to the garbage collector instead of the pool, where a reader may still be at work: a cancelled send that goes on
    /// for a moment must never find the next sender's bytes in it.
    /// </summary>
    public void Abandon() => abandoned = true;

    public void Dispose() => Replace([]);

    private Refusal? Reserve(int capacity)
    {
        if (capacity <= buffer.Length)
        {
            return null;
        }

        int rounded = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, MinCapacity));
        if (!inFlight.TryReserve(rounded))
        {
            return Refusal.Overloaded;
        }

        byte[] larger = rounded <= MaxPooled ? ArrayPool<byte>.Shared.Rent(rounded) : GC.AllocateUninitializedArray<byte>(rounded);
        inFlight.Release(rounded - larger.Length);
        Bytes.CopyTo(larger);
        Replace(larger);
        return null;
    }

    private void Replace(byte[] next)
    {
        byte[] old = buffer;
        buffer = next;
        if (old.Length == 0)
        {
            return;
        }

        inFlight.Release(old.Length);
        if (!abandoned && old.Length <= MaxPooled)
        {
            ArrayPool<byte>.Shared.Return(old);
        }
    }
}
