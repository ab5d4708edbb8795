with

shared_words as (

    select * from {{ ref('int_images__shared_words') }}

),

final as (

    {{ pairs_with_features('shared_words') }}

)

select * from final
