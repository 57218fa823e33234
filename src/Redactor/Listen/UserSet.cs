using System.Security.Cryptography;

namespace Redactor.Listen;

/// <summary>
/// The users of a htpasswd file. A user may stand in several lines, while one password replaces the other. Passwords that proved right are
/// remembered as keyed hashes, so that the slow comparison is done once and not for every request.
/// </summary>
internal sealed class UserSet
{
    private readonly IReadOnlyList<User> users;
    private readonly byte[] memoryKey = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);

    /// <summary>
    /// Held while a hash is computed. One at a time: bcrypt is slow on purpose (45 ms at cost 10, measured), and whoever sends wrong passwords
    /// must not get every processor.
    /// </summary>
    private readonly Lock hashing = new();

    private volatile byte[][] proven = [];

    private UserSet(IReadOnlyList<User> users) => this.users = users;

    /// <summary>Reads a file: <c>user:hash</c> a line; empty lines and those that begin with <c>#</c> mean nothing.</summary>
    public static Reading<UserSet> Parse(ReadOnlySpan<byte> file)
    {
        if (!PasswordHash.IsAvailable)
        {
            return Reading<UserSet>.Wrong("basic authentication needs libcrypt.so.1, which this machine lacks; install libcrypt1, or use bearer tokens");
        }

        var users = new List<User>();
        int number = 0;
        foreach (var range in file.Split((byte)'\n'))
        {
            number++;
            var line = file[range].Trim(" \t\r"u8);
            if (line.IsEmpty || line[0] == '#')
            {
                continue;
            }

            int colon = line.IndexOf((byte)':');
            if (colon <= 0 || !PasswordHash.IsHash(line[(colon + 1)..]))
            {
                return Reading<UserSet>.Wrong($"line {number} is not user:hash with a hash of bcrypt or SHA-512-crypt; make one by: htpasswd -nB USER");
            }

            users.Add(new User(line[..colon].ToArray(), line[(colon + 1)..].ToArray()));
        }

        return users.Count switch
        {
            0 => Reading<UserSet>.Wrong("there is no user in it; make a line by: htpasswd -nB USER"),
            > ListenLimits.MaxCredentials => Reading<UserSet>.Wrong($"there are more than {ListenLimits.MaxCredentials} users in it"),
            _ => Reading<UserSet>.Of(new UserSet(users)),
        };
    }

    /// <summary>Whether <paramref name="credentials"/>, decoded from a header of basic authentication, are a user's.</summary>
    public Admission Admit(ReadOnlySpan<byte> credentials)
    {
        int colon = credentials.IndexOf((byte)':');
        if (colon < 0 || credentials.Length - colon - 1 >= ListenLimits.MaxPasswordBytes || credentials.Contains((byte)0))
        {
            return Admission.WrongCredentials;
        }

        byte[] memory = HMACSHA256.HashData(memoryKey, credentials);
        if (proven.Aggregate(false, (found, known) => found | CryptographicOperations.FixedTimeEquals(known, memory)))
        {
            return Admission.Granted;
        }

        if (!hashing.TryEnter())
        {
            return Admission.Busy;
        }

        try
        {
            return Prove(credentials[..colon], credentials[(colon + 1)..], memory);
        }
        finally
        {
            hashing.Exit();
        }
    }

    private Admission Prove(ReadOnlySpan<byte> name, ReadOnlySpan<byte> password, byte[] memory)
    {
        bool found = false, known = false;
        foreach (var user in users)
        {
            if (name.SequenceEqual(user.Name))
            {
                known = true;
                found |= Matches(password, user.Hash);
            }
        }

        if (!known)
        {
            // As slow as for a user that there is: the time must not tell which names are right.
            Matches(password, users[0].Hash);
        }

        if (!found)
        {
            return Admission.WrongCredentials;
        }

        // One entry for every line that can be right; more would be a defect, and memory without bound.
        proven = [memory, .. proven.Take(users.Count - 1)];
        return Admission.Granted;
    }

    private static bool Matches(ReadOnlySpan<byte> password, byte[] hash) =>
        PasswordHash.Compute(password, hash) is { } computed && CryptographicOperations.FixedTimeEquals(computed, hash);

    private sealed record User(byte[] Name, byte[] Hash);
}
