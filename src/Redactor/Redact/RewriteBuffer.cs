using System.Buffers;

namespace Redactor.Redact;

/// <summary>
/// Pooled memory for one rewritten payload: new memory of that size costs more to touch for the first time than the copy into it. Not thread-safe.
/// </summary>
internal sealed class RewriteBuffer
{
    private byte[] buffer = [];

    /// <summary>Bytes of memory that are held.</summary>
    public int Capacity => buffer.Length;

    /// <summary>Gives memory for <paramref name="length"/> bytes, once; what stands in it is undefined.</summary>
    public Memory<byte> Rent(int length)
    {
        buffer = length <= RedactLimits.MaxPooledRewrite ? ArrayPool<byte>.Shared.Rent(length) : GC.AllocateUninitializedArray<byte>(length);
        return buffer.AsMemory(0, length);
    }

    /// <summary>
    /// Gives the memory back. Only for who knows that nobody reads it any more: a reader left behind would find another's payload in it. Without, it is the garbage
    /// collector's.
    /// </summary>
    public void Return()
    {
        if (buffer.Length is > 0 and <= RedactLimits.MaxPooledRewrite)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        buffer = [];
    }
}
