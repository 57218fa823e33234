using System.Security.Cryptography;
using System.Text;

namespace Redactor.Listen;

/// <summary>The bearer tokens that are valid now. Several are, while one replaces the other. Holds their hashes only.</summary>
internal sealed class TokenSet
{
    /// <summary>Bytes of a token that need no memory of their own: usual ones have 30 to 100.</summary>
    private const int MaxOnStack = 512;

    private readonly byte[][] hashes;

    private TokenSet(byte[][] hashes) => this.hashes = hashes;

    /// <summary>Reads a file: one token a line; empty lines and those that begin with <c>#</c> mean nothing.</summary>
    public static Reading<TokenSet> Parse(ReadOnlySpan<byte> file)
    {
        var hashes = new List<byte[]>();
        int number = 0;
        foreach (var line in file.Split((byte)'\n'))
        {
            number++;
            var token = file[line].Trim(" \t\r"u8);
            if (token.IsEmpty || token[0] == '#')
            {
                continue;
            }

            if (token.Length < ListenLimits.MinTokenLength || token.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
            {
                return Reading<TokenSet>.Wrong($"line {number} is not a token of at least {ListenLimits.MinTokenLength} visible characters; make one by: openssl rand -base64 32");
            }

            hashes.Add(SHA256.HashData(token));
        }

        return hashes.Count switch
        {
            0 => Reading<TokenSet>.Wrong("there is no token in it; write one a line, made by: openssl rand -base64 32"),
            > ListenLimits.MaxCredentials => Reading<TokenSet>.Wrong($"there are more than {ListenLimits.MaxCredentials} tokens in it"),
            _ => Reading<TokenSet>.Of(new TokenSet([.. hashes])),
        };
    }

    /// <summary>Whether <paramref name="token"/> is one of them. Takes the same time whichever it is, or how much of it is right.</summary>
    public bool Contains(ReadOnlySpan<char> token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        int length = Encoding.UTF8.GetByteCount(token);
        Span<byte> utf8 = length <= MaxOnStack ? stackalloc byte[MaxOnStack] : new byte[length];
        Encoding.UTF8.GetBytes(token, utf8);
        SHA256.HashData(utf8[..length], hash);
        bool found = false;
        foreach (byte[] valid in hashes)
        {
            found |= CryptographicOperations.FixedTimeEquals(valid, hash);
        }

        return found;
    }
}
